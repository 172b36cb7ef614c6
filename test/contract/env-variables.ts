import ts from 'typescript';

/** A variable of `.env.example`: the comment above it and its default, empty when it has none. */
export type ExampleVariable = { name: string; text: string; value: string };

const ASSIGNMENT = /^#?([A-Z][A-Z0-9_]*)=(.*)$/;
const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** Reads `.env.example`: a comment, then the assignment, which may be commented out (`#NAME=default`). */
export function readEnvExample(page: string): ExampleVariable[] {
  const variables: ExampleVariable[] = [];
  let comment: string[] = [];
  for (const line of page.split('\n')) {
    const [, name, value = ''] = ASSIGNMENT.exec(line) ?? [];
    if (name !== undefined) variables.push({ name, text: comment.join(' '), value });
    comment = name === undefined && line.startsWith('# ') ? [...comment, line.slice(2)] : [];
  }
  return variables;
}

/** Variables that code reads as `env.NAME`, and those in a table `variableOf` of names by server. */
export function readVariables(text: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = memberOfEnvironment(node);
    if (name !== undefined && VARIABLE.test(name)) names.push(name);
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === 'variableOf') {
      names.push(...(node.initializer ? textsIn(node.initializer) : []));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest));
  return names;
}

function memberOfEnvironment(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return isEnvironment(node.expression) ? node.name.text : undefined;
  if (!ts.isElementAccessExpression(node) || !isEnvironment(node.expression)) return undefined;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

const isEnvironment = (node: ts.Node) =>
  (ts.isIdentifier(node) && node.text === 'env') || (ts.isPropertyAccessExpression(node) && node.name.text === 'env');

function textsIn(node: ts.Node): string[] {
  const texts: string[] = ts.isStringLiteralLike(node) && VARIABLE.test(node.text) ? [node.text] : [];
  ts.forEachChild(node, (child) => {
    texts.push(...textsIn(child));
  });
  return texts;
}
