import { describe, expect, test } from 'vitest';
import { diffDocuments, type RevisionEntry } from '../contracts/index.ts';
import { newRequestId } from '../kernel/index.ts';
import { refusal } from './refusal.ts';
import type { ResourceClient, Shown } from './resource-client.ts';
import type { Suite } from './resource-under-test.ts';

/** What names the version and stamps it. */
const stamps = ['v', 'updatedAt', 'updatedBy'];

/** A document that was changed some times: what every write answered, from its first version of the test on. */
async function changeOften({ resource, owner }: Suite, times: number): Promise<Shown[]> {
  const seen = [await owner().fresh()];
  for (let count = 0; count < times; count += 1)
    seen.push(await owner().change(seen.at(-1) as Shown, resource.change(owner().next())));
  return seen;
}

/** The whole list, read in pages of two. */
async function readHistory(client: ResourceClient, ref: string, filters: object = {}): Promise<RevisionEntry[]> {
  const items: RevisionEntry[] = [];
  let next: string | undefined;
  do {
    const page = await client.history(ref, { ...filters, limit: 2, ...(next ? { before: Number(next) } : {}) });
    items.push(...page.body);
    next = page.meta.next;
  } while (next !== undefined);
  return items;
}

/** The past of a document: listed, read whole, compared, restored. */
export function describeRevisions(suite: Suite): void {
  const { resource, owner } = suite;
  const { kind, input, change, fields } = resource;

  describe('in its past', () => {
    test('has each version once, the newest first, with who changed which members', async () => {
      const seen = await changeOften(suite, 4);
      const [first, last] = [seen[0] as Shown, seen.at(-1) as Shown];
      const items = await readHistory(owner(), first.id);
      expect(items.map(({ v }) => v)).toEqual(Array.from({ length: last.v }, (_, step) => last.v - step));
      for (const item of items.filter(({ v }) => v > first.v))
        expect(item).toMatchObject({ types: ['updated'], actor: 'test', fields: [...fields], at: expect.any(String) });
      expect(items.at(-1)).toMatchObject({ v: 1, types: ['created'] });
      const [field = ''] = fields;
      const versions = (await readHistory(owner(), first.id, { fields: [`/${field}`] })).map(({ v }) => v);
      expect(versions).toEqual(expect.arrayContaining(seen.slice(1).map(({ v }) => v)));
    });

    test('is read whole, each version as its write answered it, and two of them differ where a write changed it', async () => {
      const seen = await changeOften(suite, 3);
      for (const { id, v } of seen) expect(await owner().past(id, v)).toEqual(seen.find((one) => one.v === v));
      const [before, after] = seen.slice(-2) as [Shown, Shown];
      const places = diffDocuments(before, after).map(({ pointer }) => pointer.split('/')[1] ?? '');
      expect([...new Set(places)].filter((name) => !stamps.includes(name)).toSorted()).toEqual([...fields].toSorted());
    });

    test('is restored in a new version that says the same as the old one', async () => {
      const [, old, , current] = (await changeOften(suite, 3)) as [Shown, Shown, Shown, Shown];
      const restored = await owner().restore(current, old.v);
      expect(restored).toEqual({ ...old, v: current.v + 1, updatedAt: restored.updatedAt });
      expect((await owner().history(current.id, { limit: 1 })).body).toMatchObject([
        { v: restored.v, types: ['restored'], fields: [...fields] },
      ]);
      expect(await owner().restore(restored, old.v)).toEqual(restored); // what is there already makes no version
    });

    test('is restored once however often the same request comes, and only over the version that was seen', async () => {
      const [old, , current] = (await changeOften(suite, 2)) as [Shown, Shown, Shown];
      const requestKey = newRequestId();
      const repeat = () => owner().restore(current, old.v, { requestKey });
      const answers = [...(await Promise.all([repeat(), repeat()])), await repeat()];
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0]?.v).toBe(current.v + 1);
      const stale = owner().restore(current, current.v - 1);
      expect(await refusal(stale)).toMatchObject({
        code: 'VERSION_MISMATCH',
        details: { current: { v: current.v + 1 } },
      });
    });

    test('has no version that never was', async () => {
      const made = await owner().fresh();
      const lost = { code: 'NOT_FOUND', reason: 'revision.not-found' };
      expect(await refusal(owner().past(made.id, made.v + 1))).toMatchObject(lost);
      expect(await refusal(owner().restore(made, made.v + 1))).toMatchObject(lost);
      const nowhere = { code: 'NOT_FOUND', reason: `${kind}.not-found` };
      expect(await refusal(owner().history('nowhere', {}))).toMatchObject(nowhere);
      expect(await refusal(owner().past('nowhere', 1))).toMatchObject(nowhere);
    });

    if (!input) return;
    test('is restored without its status: what is published now stays published', async () => {
      const made = await owner().fresh();
      const changed = await owner().change(made, change(owner().next()));
      const published = await owner().move(made.id, 'publish');
      const restored = await owner().restore(published, made.v);
      const { status, publishedAt } = published;
      expect(restored).toEqual({ ...made, v: 4, status, publishedAt, updatedAt: restored.updatedAt });
      expect(restored).not.toMatchObject(Object.fromEntries(fields.map((name) => [name, changed[name]])));
    });

    test('is readable by its id after it was deleted, but not restored', async () => {
      const made = await owner().fresh();
      await owner().remove(made);
      expect((await readHistory(owner(), made.id)).map(({ types }) => types)).toEqual([['deleted'], ['created']]);
      expect(await owner().past(made.id, 1)).toEqual(made);
      expect(await refusal(owner().past(made.id, 2))).toMatchObject({ code: 'GONE', reason: 'revision.deletion' });
      const restore = owner().restore({ id: made.id, v: 2 }, 1);
      expect(await refusal(restore)).toMatchObject({ code: 'NOT_FOUND', reason: `${kind}.not-found` });
    });
  });
}
