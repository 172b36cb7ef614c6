import ts from 'typescript';
import { isTestCall } from './code-conventions.ts';

/** What a page claims to be there, each as the page spells it. */
export type Claims = { links: string[]; scripts: string[]; paths: string[]; testTitles: string[] };

/** CONTRIBUTING.md shows how things are named, and how a resource is added with one that nobody has: stations. */
const EXAMPLE = /(^|\/)stations?(\.|\/|$)|^noun\.role\.ts$/;
const FILE = /^[\w@.-]+\.(ts|mjs|cjs|json|ya?ml|md)$/;

/** Reads the claims of a page in Markdown. `rooms` are the top folders of the repository. */
export function readClaims(page: string, rooms: string[]): Claims {
  const prose = page.replace(/^```[\s\S]*?^```/gm, '');
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
  const unspanned = prose.replace(/`[^`\n]+`/g, '');
  return {
    links: [...unspanned.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target)),
    scripts: [...page.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(
      ([, named, short]) => named ?? short ?? '',
    ),
    paths: spans.filter((span) => isPath(span, rooms) && !EXAMPLE.test(span)),
    testTitles: [...prose.matchAll(/\(tests?: ((?:"[^"]+"(?:,\s*|\s+and\s+)?)+)\)/g)].flatMap(([, titles = '']) =>
      [...titles.matchAll(/"([^"]+)"/g)].map(([, title = '']) => title.replace(/\s+/g, ' ')),
    ),
  };
}

function isPath(span: string, rooms: string[]): boolean {
  if (/[\s<>…$]/.test(span) || /^[/@.]{1,2}\//.test(span)) return false;
  const [first = '', ...rest] = span.split('/');
  if (rest.length === 0) return FILE.test(span);
  return rooms.includes(first) || FILE.test(rest.at(-1) ?? '');
}

/** The anchors of a page, as GitHub makes them from its headings. */
export function anchorsOf(page: string): string[] {
  return [...page.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ +(.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
}

/** The titles of the tests and suites in a test file. */
export function titlesOf(text: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTestCall(node.expression)) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest));
  return titles;
}
