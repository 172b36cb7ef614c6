import { describe, expect, test } from 'vitest';
import { typeIds } from '../kernel/index.ts';
import { refusal } from './refusal.ts';
import type { Shown } from './resource-client.ts';
import type { Suite } from './resource-under-test.ts';

const idsOf = (documents: Shown[]) => documents.map(({ id }) => id);

/** Reading by id, many at once and, for what callers make, by slug and in pages. */
export function describeReads({ resource, owner }: Suite): void {
  const { kind, input } = resource;
  const unknown = () => (input ? typeIds.next(kind) : 'nowhere');

  describe('is read', () => {
    test('by its id, with what the gateway needs to know beside it', async () => {
      const made = await owner().fresh();
      const { body, meta } = await owner().find(made.id);
      expect(body).toEqual(made);
      expect(body).toMatchObject({ kind, display: { lang: expect.any(String), name: expect.any(String) } });
      expect(meta).toMatchObject({ id: made.id, v: String(made.v), updatedAt: made.updatedAt });
    });

    test('many at once in the order asked, without what is not there', async () => {
      const [one, two] = [await owner().fresh(), await owner().fresh()];
      expect(await owner().getMany([two.id, unknown(), one.id])).toEqual([two, one]);
    });

    test('or is not found, by any call that names one', async () => {
      const id = unknown();
      const lost = { code: 'NOT_FOUND', reason: `${kind}.not-found` };
      expect(await refusal(owner().get(id))).toMatchObject(lost);
      expect(await refusal(owner().change({ id, v: 1 }, resource.change(owner().next())))).toMatchObject(lost);
      if (!input) return;
      expect(await refusal(owner().move(id, 'publish'))).toMatchObject(lost);
      expect(await refusal(owner().remove({ id, v: 1 }))).toMatchObject(lost);
    });
  });

  if (!input) return;
  describe('that callers make', () => {
    test('is read by its slug too', async () => {
      const made = await owner().fresh();
      expect(await owner().get(String(made.slug))).toEqual(made);
    });

    test('is listed once, in pages that hold the order of the whole list', async () => {
      for (let count = 0; count < 5; count += 1) await owner().fresh();
      const whole = await owner().list({ isTotalWanted: true });
      expect(whole.meta.total).toBe(String(whole.body.length));
      const paged: Shown[] = [];
      let next: string | undefined;
      do {
        const page = await owner().list({ limit: 2, ...(next ? { after: JSON.parse(next) } : {}) });
        expect(page.body.length).toBeLessThanOrEqual(2);
        paged.push(...page.body);
        next = page.meta.next;
      } while (next !== undefined && paged.length <= whole.body.length);
      expect(idsOf(paged)).toEqual(idsOf(whole.body));
      expect(new Set(idsOf(paged)).size).toBe(whole.body.length);
    });
  });
}

/** Who sees what: the public nothing of a draft, in no read call, before and after it was published. */
export function describeVisibility({ resource, owner }: Suite): void {
  const { kind } = resource;

  async function expectHidden({ id, slug }: Shown): Promise<void> {
    for (const ref of [id, String(slug)])
      expect(await refusal(owner().get(ref, 'public'))).toMatchObject({
        code: 'NOT_FOUND',
        reason: `${kind}.not-found`,
      });
    expect(await owner().getMany([id], 'public')).toEqual([]);
    expect(idsOf((await owner().list({ view: 'public' })).body)).not.toContain(id);
    expect(idsOf((await owner().list({ view: 'staff' })).body)).toContain(id);
  }
  const publicTotal = async () => (await owner().list({ view: 'public', isTotalWanted: true })).meta.total;

  describe('as a draft', () => {
    test('is seen by staff and by nobody else, in every read call', async () => {
      const before = await publicTotal();
      const draft = await owner().fresh();
      expect(draft).toMatchObject({ status: 'draft' });
      await expectHidden(draft);
      expect(await publicTotal()).toBe(before);
      expect((await owner().published(draft.id, 1)).at(-1)).toMatchObject({ live: true, visible: false });
    });

    test('is seen by all once it is published, and hidden again afterwards', async () => {
      const draft = await owner().fresh();
      const published = await owner().move(draft.id, 'publish', { v: 1 });
      expect(published).toMatchObject({ v: 2, status: 'published', publishedAt: expect.any(String) });
      for (const ref of [draft.id, String(draft.slug)])
        expect(await owner().get(ref, 'public')).toMatchObject({ v: 2 });
      expect(idsOf(await owner().getMany([draft.id], 'public'))).toEqual([draft.id]);
      expect(idsOf((await owner().list({ view: 'public' })).body)).toContain(draft.id);
      expect((await owner().published(draft.id, 2)).at(-1)).toMatchObject({ v: 2, visible: true });

      const hidden = await owner().move(draft.id, 'unpublish');
      expect(hidden).toMatchObject({ v: 3, status: 'draft', publishedAt: published.publishedAt });
      await expectHidden(hidden);
      expect((await owner().published(draft.id, 3)).at(-1)).toMatchObject({ v: 3, visible: false, live: true });
    });
  });
}
