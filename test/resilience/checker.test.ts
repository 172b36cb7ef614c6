import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectChange } from '@ortoo/search/projections';
import { buildTestChange } from '@ortoo/shared/testing';
import { describe, expect, test } from 'vitest';
import { checkFacts } from './checker.ts';
import type { Facts, OwnedDocument } from './facts.ts';
import { outcomeOf, type Write } from './history.ts';
import { scenarioOfBug, scenarios } from './scenarios.ts';
import { defaultRoot } from './service-process.ts';

const id = 'article_1';
const at = '2026-11-24T05:00:00.000Z';
const article = (summary: string) => ({
  slug: 'report',
  oldSlugs: [],
  kind: 'report',
  language: 'en',
  headline: { en: 'Report' },
  summary: { en: summary },
  status: 'published',
});

/** A tombstone at version 3: created, changed, deleted, published and indexed. */
function soundFacts(): Facts {
  const document = {
    ...{ _id: id, kind: 'article', v: 3, live: false, visible: false, check: 7, changedAt: at, pending: [] },
  } as OwnedDocument;
  const write = (more: Partial<Write>): Write => ({
    ...{ action: 'change', kind: 'article', marker: 'mark-a', id, outcome: 'ok', status: 200, v: 1, atMs: 0 },
    ...more,
  });
  const revision = (v: number, type: string, patch: Record<string, unknown>) =>
    ({ _id: `${id}:${v}`, kind: 'article', v, type, patch }) as const;
  const projected = projectChange({
    kind: 'article',
    id,
    v: 3,
    live: false,
    visible: false,
    check: 7,
    changedAt: at,
    changes: [],
  });
  return {
    writes: [
      write({ action: 'create', marker: 'mark-a', status: 201 }),
      write({ marker: 'mark-b', v: 2 }),
      write({ action: 'remove', marker: 'mark-c', v: 3, status: 204 }),
    ],
    documents: [document],
    revisions: [
      revision(1, 'created', article('mark-a')),
      revision(2, 'updated', { summary: { en: 'mark-b' } }),
      revision(3, 'deleted', { summary: null }),
    ],
    changes: [buildTestChange({ id, kind: 'article', v: 3, live: false })],
    index: [{ id, version: 3, source: { ...projected } }],
    readIndexes: ['portal-1'],
    deadLetters: 0,
    regressions: [],
    defects: [],
  };
}

const invariantsOf = (facts: Facts) => [...new Set(checkFacts(facts).map(({ invariant }) => invariant))];
const broken = (spoil: (facts: Facts) => void): string[] => {
  const facts = soundFacts();
  spoil(facts);
  return invariantsOf(facts);
};

describe('the checker finds', () => {
  test('nothing in a sound history', () => {
    expect(checkFacts(soundFacts())).toEqual([]);
  });

  test('an acknowledged write that is nowhere', () => {
    const write = { ...soundFacts().writes[1], marker: 'mark-lost' } as Write;
    expect(broken(({ writes }) => void writes.push(write))).toEqual(['acknowledged-is-kept']);
  });

  test('a refused write that is there, and allows one whose outcome was unknown', () => {
    const judge = (status: number) =>
      broken(({ writes }) => {
        if (writes[1]) writes[1] = { ...writes[1], outcome: outcomeOf(status), status };
      });
    expect(judge(503)).toEqual(['refused-is-absent']);
    expect(judge(412)).toEqual(['refused-is-absent']);
    expect(judge(504)).toEqual([]);
    expect(judge(0)).toEqual([]);
  });

  test('a write that took effect twice', () => {
    const twice = broken(({ revisions, documents, index, changes }) => {
      revisions.push({ _id: 'article_2:1', kind: 'article', v: 1, type: 'created', patch: article('mark-b') });
      documents.push({ ...documents[0], _id: 'article_2', v: 1 } as OwnedDocument);
      index.push({ id: 'article_2', version: 1, source: {} });
      changes.push(buildTestChange({ id: 'article_2', v: 1 }));
    });
    expect(twice).toContain('one-effect');
  });

  test('a gap in the versions of a document', () => {
    expect(broken(({ revisions }) => void revisions.splice(1, 1))).toContain('chain-without-gap');
  });

  test('a document that nobody deleted', () => {
    expect(broken(({ writes }) => void writes.pop())).toEqual(['refused-is-absent']);
  });

  test.each<[string, (facts: Facts) => void]>([
    ['that lacks a document', ({ index }) => void index.pop()],
    ['that is behind', ({ index }) => void index.splice(0, 1, { id, version: 2, source: {} })],
    ['with another body', ({ index }) => void index.splice(0, 1, { id, version: 3, source: { id } })],
    [
      'with a document that no owner has',
      ({ index }) => void index.push({ id: 'x', version: 1, source: { live: true } }),
    ],
  ])('an index %s', (_what, spoil) => {
    expect(broken(spoil)).toEqual(['index-equals-owners']);
  });

  test('a read alias on two indexes or on none', () => {
    expect(broken(({ readIndexes }) => void readIndexes.push('portal-2'))).toEqual(['one-read-index']);
    expect(broken(({ readIndexes }) => void readIndexes.pop())).toEqual(['one-read-index']);
  });

  test('a version that was never published, and one that was published and is not there', () => {
    expect(broken(({ changes }) => void changes.pop())).toEqual(['committed-is-published']);
    const invented = buildTestChange({ id, kind: 'article', v: 9 });
    expect(broken(({ changes }) => void changes.push(invented))).toEqual(['nothing-invented']);
  });

  test('what still waits to be published', () => {
    const waiting = broken(({ documents }) => {
      if (documents[0]) documents[0].pendingSince = at;
    });
    expect(waiting).toEqual(['outbox-empties']);
  });

  test('a version that went down, a defect in a log, a change set aside for no reason', () => {
    expect(broken(({ regressions }) => void regressions.push('article_1 3 → 2'))).toEqual(['versions-never-go-down']);
    expect(broken(({ defects }) => void defects.push('catalog: unhandled'))).toEqual(['no-defect-in-the-logs']);
    expect(invariantsOf({ ...soundFacts(), deadLetters: 1 })).toEqual(['set-aside-is-poison']);
  });
});

describe('the seeded bugs', () => {
  const folder = join(defaultRoot, 'test/resilience/bugs');
  const files = readdirSync(folder);

  test('each have a scenario that must show them', () => {
    expect(files.toSorted()).toEqual(
      Object.keys(scenarioOfBug)
        .map((name) => `${name}.patch`)
        .toSorted(),
    );
    for (const name of Object.values(scenarioOfBug)) expect(scenarios).toHaveProperty([name]);
    expect(files.length).toBeGreaterThanOrEqual(10);
  });

  test.each(files)('%s can still be sown', (file) => {
    execFileSync('git', ['apply', '--check', join(folder, file)], { cwd: defaultRoot, stdio: 'pipe' });
  });
});
