import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { anchorsOf, readClaims, titlesOf } from './docs-claims.ts';
import { readRepository } from './repository.ts';
import { root } from './seeded-tree.ts';

const files = readRepository(root);
const pages = files.filter(({ path }) => path.endsWith('.md'));
const rooms = [...new Set(files.map(({ path }) => path.split('/')[0] ?? ''))].filter((room) => !room.includes('.'));
const fileNames = new Set(files.map(({ path }) => basename(path)));
/** Tests stand in test files, and in the suites that test files run by one line. */
const testsIn = /\.test\.ts$|^packages\/shared\/src\/testing\/.*-conformance/;
const titles = new Set(files.filter(({ path }) => testsIn.test(path)).flatMap(({ text }) => titlesOf(text)));

const textOf = (path: string) => files.find((file) => file.path === path)?.text ?? '';
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

/** Whether a link of a page leads to a file, and its anchor to a heading. */
function leadsSomewhere(page: string, link: string): boolean {
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? page : join(dirname(page), decodeURI(target));
  if (path.startsWith('..') || !existsSync(join(root, path))) return false;
  return anchor === undefined || anchorsOf(textOf(path)).includes(decodeURI(anchor));
}

/** Whether a path, a pattern of paths or the bare name of a file is in the repository, seen from a page. */
function isThere(page: string, path: string): boolean {
  if (!path.includes('/') && fileNames.has(path)) return true;
  const folders = ['', dirname(page), join(dirname(page), 'src')];
  return folders.some((folder) => globSync(join(root, folder, path)).length > 0);
}

describe('the pages that must be there', () => {
  test.each(['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'])('%s is', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });
});

describe.each(pages.map(({ path, text }) => ({ path, claims: readClaims(text, rooms) })))(
  '$path',
  ({ path, claims }) => {
    test('has no link that leads nowhere', () => {
      expect(claims.links.filter((link) => !leadsSomewhere(path, link))).toEqual([]);
    });

    test('names no npm script that package.json has not', () => {
      expect(claims.scripts.filter((script) => !(script in scripts))).toEqual([]);
    });

    test('names no path that the repository has not', () => {
      expect(claims.paths.filter((named) => !isThere(path, named))).toEqual([]);
    });

    test('quotes no test that does not exist', () => {
      expect(claims.testTitles.filter((title) => !titles.has(title))).toEqual([]);
    });
  },
);

test('ARCHITECTURE.md names a test for each of its sentences that stay true', () => {
  const [, section = ''] = /^## What stays true\n([\s\S]*?)^## /m.exec(textOf('ARCHITECTURE.md')) ?? [];
  const sentences = section.match(/^\d+\. .*(?:\n(?!\d+\. |\n|#).*)*/gm) ?? [];
  expect(sentences.length).toBeGreaterThanOrEqual(7);
  expect(sentences.filter((sentence) => readClaims(sentence, rooms).testTitles.length === 0)).toEqual([]);
});

describe('the decisions', () => {
  const decisions = pages.filter(({ path }) => path.startsWith('docs/adr/'));
  const numberOf = (path: string) => basename(path).slice(0, 4);

  test('are numbered from one without a gap, each number once', () => {
    const numbers = decisions.map(({ path }) => numberOf(path)).toSorted();
    expect(numbers).toEqual(decisions.map((_one, place) => String(place + 1).padStart(4, '0')));
  });

  test.each(decisions)('$path begins with its number and says since when it stands', ({ path, text }) => {
    const [title = '', , status = ''] = text.split('\n');
    expect(title).toMatch(new RegExp(`^# ${Number(numberOf(path))}\\. \\S`));
    expect(status).toMatch(/^(Accepted|Replaced by \d+), \d{4}-\d\d-\d\d\.$/);
  });
});

describe('the reading of a page finds', () => {
  const page = [
    '# The relay: how it runs',
    'See [it](docs/relay.md#first-steps), [there](https://example.mn), [here](#the-relay-how-it-runs).',
    'Run `npm run check` or `npm test`; `[x](no/link.md)`, `docs/adr/*.md`, `config.ts`, `text/html`, `/v1/companies`.',
    '1. Nothing is lost. *(test: "a change is published',
    '   once")* Nor invented. *(tests: "one", "two")*',
    '```sh',
    'npm run seed # [in](code.md)',
    '```',
    'Add `services/catalog/src/stations/` and `station.rules.ts`.',
  ].join('\n');

  test('links, scripts, paths and titles, and leaves alone what only looks like them', () => {
    expect(readClaims(page, ['docs', 'services'])).toEqual({
      links: ['docs/relay.md#first-steps', '#the-relay-how-it-runs'],
      scripts: ['check', 'test', 'seed'],
      paths: ['docs/adr/*.md', 'config.ts'],
      testTitles: ['a change is published once', 'one', 'two'],
    });
  });

  test('anchors as GitHub makes them', () => {
    expect(anchorsOf(`${page}\n## What’s *next*, and why\n`)).toEqual(['the-relay-how-it-runs', 'whats-next-and-why']);
  });

  test('the titles of tests of every kind', () => {
    const source = "describe('a', () => { test('b', f); it.each([1])(`c %s`, f); test.concurrent(\"d's\", f); });";
    expect(titlesOf(source)).toEqual(['a', 'b', 'c %s', "d's"]);
  });

  test('what is false', () => {
    expect(leadsSomewhere('README.md', 'docs/gone.md')).toBe(false);
    expect(leadsSomewhere('README.md', '../outside.md')).toBe(false);
    expect(leadsSomewhere('README.md', 'CONTRIBUTING.md#gone')).toBe(false);
    expect(leadsSomewhere('README.md', 'CONTRIBUTING.md#ten-principles')).toBe(true);
    expect(isThere('README.md', 'packages/shared/src/gone/')).toBe(false);
    expect(isThere('README.md', 'gone.rules.ts')).toBe(false);
    expect(isThere('README.md', 'packages/*/src')).toBe(true);
  });
});
