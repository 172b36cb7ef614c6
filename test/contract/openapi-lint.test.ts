import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root, type SeededTree, sowTree } from './seeded-tree.ts';

const trees: SeededTree[] = [];
afterAll(() => {
  for (const tree of trees) tree.remove();
});

type Document = {
  paths: Record<string, Record<string, Record<string, unknown>>>;
  tags: { name: string; description?: string }[];
  security?: unknown;
};

/** Lints the committed document after a change. */
async function lint(change: (document: Document) => void) {
  const document = JSON.parse(readFileSync(join(root, 'openapi.json'), 'utf8')) as Document;
  change(document);
  const tree = sowTree({ 'openapi.json': JSON.stringify(document) }, { copied: ['redocly.yaml'] });
  trees.push(tree);
  return await tree.runGate('openapi lint');
}

const list = (document: Document) => document.paths['/v1/companies']?.get ?? {};

test('the openapi lint gate passes on the committed document', async () => {
  const { code, output } = await lint(() => undefined);
  expect(code, output).toBe(0);
});

test.each<[rule: string, change: (document: Document) => void]>([
  ['operation-summary', (document) => delete list(document).summary],
  ['operation-operationId-unique', (document) => Object.assign(list(document), { operationId: 'getCompany' })],
  ['no-unresolved-refs', (document) => Object.assign(list(document), { responses: { 200: { $ref: '#/gone' } } })],
  [
    'path-parameters-defined',
    (document) => Object.assign(document.paths, { '/v1/{gone}': document.paths['/v1/companies'] }),
  ],
  ['tag-description', (document) => delete document.tags[0]?.description],
  ['security-defined', (document) => delete document.security],
])('the openapi lint gate names a breach of %s', async (rule, change) => {
  const { code, output } = await lint(change);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining(rule) });
});
