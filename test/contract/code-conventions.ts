import ts from 'typescript';

/** Found in one file: the line (1 is the first; 0 is the file itself) and what stands there. */
export type Breach = { line: number; what: string };

const RANDOM = /^(random.*|getRandomValues|generateKey.*|generatePrime.*)$/;

/** Where code reads the environment of the process, however it spells that. */
export function findEnvironment(source: ts.SourceFile): Breach[] {
  return breachesOf(source, (node) => {
    if (memberOf(node, 'process') === 'env') return 'process.env';
    if (importedFrom(node, ['process', 'node:process']).includes('env')) return 'env of node:process';
    return destructuredFrom(node, 'process').includes('env') ? 'env of process' : undefined;
  });
}

/** Where code asks the machine what time it is. `new Date(text)` only parses and is free. */
export function findClock(source: ts.SourceFile): Breach[] {
  return breachesOf(source, (node) => {
    if (memberOf(node, 'Date') === 'now') return 'Date.now';
    if (ts.isNewExpression(node) && isNamed(node.expression, 'Date') && !node.arguments?.length) return 'new Date()';
    return ts.isCallExpression(node) && isNamed(node.expression, 'Date') ? 'Date()' : undefined;
  });
}

/** Where code draws something that no test could foresee. */
export function findRandomness(source: ts.SourceFile): Breach[] {
  return breachesOf(source, (node) => {
    if (memberOf(node, 'Math') === 'random') return 'Math.random';
    const drawn = memberOf(node, 'crypto') ?? '';
    if (RANDOM.test(drawn)) return `crypto.${drawn}`;
    const names = [
      ...importedFrom(node, ['crypto', 'node:crypto']),
      ...destructuredFrom(node, 'crypto'),
      ...destructuredFrom(node, 'Math').filter((name) => name === 'random'),
    ].filter((name) => RANDOM.test(name));
    return names.length > 0 ? names.join(', ') : undefined;
  });
}

const UNRUN = /^(only|skip|skipIf|runIf|todo|fails)$/;

/** Tests that would not be run, or would keep others from being run; also those that the linter does not see. */
export function findUnrunTests(source: ts.SourceFile): Breach[] {
  return breachesOf(source, (node) => {
    if (ts.isPropertyAccessExpression(node) && UNRUN.test(node.name.text) && isTestCall(node.expression)) {
      return `.${node.name.text}`;
    }
    if (!ts.isCallExpression(node) || !isTestCall(node.expression)) return undefined;
    const marks = node.arguments.filter(ts.isObjectLiteralExpression).flatMap(({ properties }) => [...properties]);
    return marks.map(({ name }) => (name ? textOf(name) : '')).find((name) => UNRUN.test(name));
  });
}

/** Whether a chain such as `test.each([1]).concurrent` begins at a test or a suite. */
export function isTestCall(node: ts.Node): boolean {
  if (ts.isIdentifier(node)) return ['test', 'it', 'describe', 'suite'].includes(node.text);
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return isTestCall(node.expression);
  return false;
}

function breachesOf(source: ts.SourceFile, judge: (node: ts.Node) => string | undefined): Breach[] {
  const breaches: Breach[] = [];
  const visit = (node: ts.Node): void => {
    const what = judge(node);
    if (what !== undefined) {
      breaches.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, what });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return breaches;
}

const isNamed = (node: ts.Node, name: string) =>
  (ts.isIdentifier(node) && node.text === name) || (ts.isPropertyAccessExpression(node) && node.name.text === name);

/** `env` of `process.env`, `process['env']` and `globalThis.process.env`; undefined for anything else. */
function memberOf(node: ts.Node, owner: string): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return isNamed(node.expression, owner) ? node.name.text : undefined;
  if (!ts.isElementAccessExpression(node) || !isNamed(node.expression, owner)) return undefined;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

/** The names, as the module spells them, that a value import takes from one of the modules. */
function importedFrom(node: ts.Node, modules: string[]): string[] {
  if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return [];
  const bindings = node.importClause?.namedBindings;
  if (!modules.includes(node.moduleSpecifier.text) || !bindings || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text);
}

/** The names that `const { … } = owner` takes. */
function destructuredFrom(node: ts.Node, owner: string): string[] {
  if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return [];
  if (!node.initializer || !isNamed(node.initializer, owner)) return [];
  return node.name.elements.map(({ name, propertyName }) => textOf(propertyName ?? name));
}

/** The text of a plain name; empty for a pattern or a computed name. */
function textOf(node: ts.Node): string {
  return ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : '';
}
