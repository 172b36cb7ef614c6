import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DocumentDiffRow, diffDocuments } from './document-diff.ts';
import { isSameJson } from './merge-patch.ts';

type Node = Record<string, unknown> | unknown[];

/** Does what the rows say, one after the other, as a client would. */
function applyRows(document: object, rows: DocumentDiffRow[]): object {
  const after = structuredClone(document) as Node;
  for (const row of rows) {
    const path = row.pointer
      .slice(1)
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = path.at(-1) as string;
    const parent = path.slice(0, -1).reduce<Node>((node, name) => (node as Record<string, Node>)[name] as Node, after);
    if (!Array.isArray(parent)) {
      if ('to' in row) Object.defineProperty(parent, last, { value: row.to, ...open });
      else delete parent[last];
    } else if (!('to' in row)) parent.splice(Number(last), 1);
    else parent[Number(last)] = row.to;
  }
  return after;
}
const open = { writable: true, enumerable: true, configurable: true };

/** Few names and values, so that documents agree in some places; names that pointers and prototypes trip over. */
const { record: anyDocument } = fc.letrec<{ value: unknown; record: Record<string, unknown> }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, 0, 1, '', 'a', 'Говь', true),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('record'),
  ),
  record: fc.dictionary(fc.constantFrom('a', 'өнгө', 'c/d', 'e~f', '~1', '', '0', '😀', '__proto__'), tie('value'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
}));

test('the rows applied to one document give the other, in both directions', () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, (one, other) => {
      expect(isSameJson(applyRows(one, diffDocuments(one, other)), other)).toBe(true);
      expect(isSameJson(applyRows(other, diffDocuments(other, one)), one)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test('no row is empty, none names a place twice or one inside another, and equal documents have none', () => {
  fc.assert(
    fc.property(anyDocument, anyDocument, (one, other) => {
      const rows = diffDocuments(one, other);
      for (const { from, to } of rows) expect(isSameJson(from, to)).toBe(false);
      const pointers = rows.map(({ pointer }) => pointer).toSorted();
      for (const pointer of pointers)
        expect(pointers.filter((p) => p === pointer || p.startsWith(`${pointer}/`))).toEqual([pointer]);
      expect(diffDocuments(one, structuredClone(one))).toEqual([]);
    }),
  );
});

test('a row is as deep as the difference, and says what was added and what was removed', () => {
  const from = { name: { en: 'a', mn: 'б' }, tags: ['x', 'y', 'z'], sites: [{ kind: 'hq', phones: ['1'] }], old: null };
  const to = { name: { en: 'b', mn: 'б', ru: 'в' }, tags: ['x'], sites: [{ kind: 'hq', phones: ['1', '2'] }] };
  expect(diffDocuments(from, to)).toEqual([
    { pointer: '/name/en', from: 'a', to: 'b' },
    { pointer: '/name/ru', to: 'в' },
    { pointer: '/tags/2', from: 'z' },
    { pointer: '/tags/1', from: 'y' },
    { pointer: '/sites/0/phones/1', to: '2' },
    { pointer: '/old', from: null },
  ]);
});

test('what changes its shape is one row', () => {
  expect(diffDocuments({ a: { b: 1 }, c: [1] }, { a: [1], c: { 0: 1 } })).toEqual([
    { pointer: '/a', from: { b: 1 }, to: [1] },
    { pointer: '/c', from: [1], to: { 0: 1 } },
  ]);
});
