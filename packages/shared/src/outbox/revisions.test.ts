import { expect, it } from 'vitest';
import type { StoredDocument } from './envelope.ts';
import { buildRevisions } from './revisions.ts';

/** A document at version `v` whose last `count` versions are pending. */
function documentAt(v: number, count: number): StoredDocument {
  const at = '2026-01-01T00:00:00.000Z';
  const pending = Array.from({ length: count }, (_, index) => ({
    v: v - count + 1 + index,
    type: 'updated',
    at,
    actor: 'a',
    patch: { name: `${v - count + 1 + index}` },
  }));
  return { _id: 'x', v, live: true, visible: false, changedAt: at, check: 0, pending, requests: [], name: `${v}` };
}
const snapshotsOf = (v: number, count: number) =>
  buildRevisions(documentAt(v, count), ['name'])
    .filter(({ state }) => state)
    .map((row) => [row.v, row.state?.name]);

it('the first version is stored whole', () => {
  expect(snapshotsOf(1, 1)).toEqual([[1, '1']]);
  expect(snapshotsOf(3, 3)).toEqual([[1, '1']]);
});

it('a whole state is stored whenever a multiple of 50 is passed, at the version that was read', () => {
  expect(snapshotsOf(49, 10)).toEqual([]);
  expect(snapshotsOf(50, 1)).toEqual([[50, '50']]);
  expect(snapshotsOf(60, 20)).toEqual([[60, '60']]);
  expect(snapshotsOf(60, 10)).toEqual([]);
});

it('a row without a patch, of a personal document, has neither state nor patch', () => {
  const document = documentAt(50, 50);
  const pending = document.pending.map(({ patch = {}, ...entry }) => ({ ...entry, fields: Object.keys(patch) }));
  const rows = buildRevisions({ ...document, pending }, ['name']);
  expect(rows.map((row) => Object.keys(row))).toEqual(rows.map(() => ['_id', 'v', 'type', 'at', 'actor', 'fields']));
});

it('each row is named by id and version and tells which members changed', () => {
  expect(buildRevisions(documentAt(8, 2), ['name'])).toMatchObject([
    { _id: 'x:7', v: 7, fields: ['name'], patch: { name: '7' } },
    { _id: 'x:8', v: 8, fields: ['name'], patch: { name: '8' } },
  ]);
});
