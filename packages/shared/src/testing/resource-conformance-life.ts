import { describe, expect, test } from 'vitest';
import { allowedMoves, type Status } from '../contracts/index.ts';
import { shiftInstant, systemClock, typeIds } from '../kernel/index.ts';
import { refusal } from './refusal.ts';
import type { Suite } from './resource-under-test.ts';

/** Made, changed, replaced, moved, deleted. */
export function describeLife({ resource, owner }: Suite): void {
  const { kind, change, input = () => ({}) } = resource;

  describe('in its life', () => {
    test('is made under the id that was given, at version 1', async () => {
      const id = typeIds.next(kind);
      const made = await owner().create(input(owner().next()), { id });
      expect(made).toMatchObject({ id, kind, v: 1, status: 'draft', createdBy: 'test' });
      expect((await owner().published(id, 1)).at(-1)).toMatchObject({ kind, id, v: 1, live: true });
    });

    test('is not made a second time under an id that is taken', async () => {
      const made = await owner().fresh();
      const again = owner().create(input(owner().next()), { id: made.id });
      expect(await refusal(again)).toMatchObject({ code: 'CONFLICT', reason: `${kind}.exists` });
      expect(await owner().get(made.id)).toEqual(made);
    });

    test('is replaced whole: what the body does not name is gone', async () => {
      const made = await owner().fresh();
      const more = change(owner().next());
      const changed = await owner().change(made, more);
      const replaced = await owner().change(changed, made, { mode: 'replace' });
      expect(replaced).toEqual({ ...made, v: 3, updatedAt: replaced.updatedAt });
    });

    test('is moved, or refused a move with those that are open', async () => {
      const { id } = await owner().fresh();
      const openFrom = (status: Status) => ({ details: { allowed: allowedMoves(status) } });
      const refused = { code: 'CONFLICT', reason: 'workflow.move-refused', ...openFrom('draft') };
      expect(await refusal(owner().move(id, 'unpublish'))).toMatchObject(refused);
      expect(await owner().move(id, 'publish')).toMatchObject({ v: 2, status: 'published' });
      expect(await refusal(owner().move(id, 'publish'))).toMatchObject(openFrom('published'));
    });

    test('is published and archived by the clock when that was planned', async () => {
      const { id } = await owner().fresh();
      const publishAt = shiftInstant(systemClock.now(), 500);
      const unpublishAt = shiftInstant(publishAt, 500);
      await owner().move(id, 'schedule', { body: { publishAt, unpublishAt } });
      const told = (await owner().published(id, 4)).flatMap(({ changes }) => changes);
      const planned = told.filter(({ actor }) => actor === 'schedule').map(({ v, type }) => `${v} ${type}`);
      expect([...new Set(planned)]).toEqual(['3 published', '4 archived']); // a change may be told twice
      expect(await owner().get(id)).toMatchObject({ v: 4, status: 'archived' });
    });

    test('is deleted: gone from every read, its tombstone published and exported without a state', async () => {
      const made = await owner().fresh({ status: 'published' });
      expect(await owner().remove(made)).toEqual({ id: made.id, v: 2 });
      for (const ref of [made.id, String(made.slug)])
        expect(await refusal(owner().get(ref))).toMatchObject({ code: 'NOT_FOUND' });
      expect(await owner().getMany([made.id])).toEqual([]);
      expect((await owner().list({})).body.map(({ id }) => id)).not.toContain(made.id);
      expect(await refusal(owner().remove({ id: made.id, v: 2 }))).toMatchObject({ code: 'NOT_FOUND' });
      expect(await refusal(owner().change({ id: made.id, v: 2 }, change(owner().next())))).toMatchObject({
        code: 'NOT_FOUND',
      });
      const tombstone = { kind, id: made.id, v: 2, live: false, visible: false };
      const [exported] = await owner().exported([made.id]);
      for (const seen of [(await owner().published(made.id, 2)).at(-1), exported]) {
        expect(seen).toMatchObject(tombstone);
        expect(seen).not.toHaveProperty('state');
      }
    });
  });
}

/** What is refused, and that nothing comes of it. */
export function describeRefusals({ resource, owner }: Suite): void {
  const { kind, input, invalid } = resource;
  const pointersOf = ({ details }: Awaited<ReturnType<typeof refusal>>) =>
    details?.errors?.map(({ pointer }) => pointer);

  describe('refused', () => {
    test('at its place is a change that breaks the contract, and nothing is written', async () => {
      const made = await owner().fresh();
      const error = await refusal(owner().change(made, { ...resource.change(owner().next()), ...invalid.members }));
      expect(error.code).toBe('VALIDATION_FAILED');
      expect(pointersOf(error)).toContain(invalid.pointer);
      expect(await owner().get(made.id)).toEqual(made);
    });

    test('as unknown is a member that the contract does not name', async () => {
      const made = await owner().fresh();
      const error = await refusal(owner().change(made, { noSuchMember: 1 }));
      expect([error.code, pointersOf(error)]).toEqual(['VALIDATION_FAILED', ['/noSuchMember']]);
    });

    test('as stale is every write of a version that is not current, with the current one', async () => {
      const made = await owner().fresh();
      const current = await owner().change(made, resource.change(owner().next()));
      const stale = { code: 'VERSION_MISMATCH', details: { current: { v: current.v } } };
      expect(await refusal(owner().change(made, resource.change(owner().next())))).toMatchObject(stale);
      const others = input ? [() => owner().move(made.id, 'publish', { v: made.v }), () => owner().remove(made)] : [];
      for (const write of others) expect(await refusal(write())).toMatchObject(stale);
      expect(await owner().get(made.id)).toEqual(current);
    });

    if (!input) return;
    test('at its place is a new one that breaks the contract, and nothing is stored', async () => {
      const id = typeIds.next(kind);
      const error = await refusal(owner().create({ ...input(owner().next()), ...invalid.members }, { id }));
      expect(error.code).toBe('VALIDATION_FAILED');
      expect(pointersOf(error)?.some((pointer) => pointer.endsWith(invalid.pointer))).toBe(true);
      expect(await refusal(owner().get(id))).toMatchObject({ code: 'NOT_FOUND' });
      expect(await owner().exported([id])).toEqual([]);
    });
  });
}

/** Unique keys: one holder at a time, named to whoever comes second, free again when it is gone. */
export function describeKeys({ resource, owner }: Suite): void {
  for (const { what, members, reason } of resource.uniqueKeys ?? []) {
    test(`its ${what}, held by another, is a conflict that names the holder, on create and on change`, async () => {
      const wanted = members(owner().next());
      const holder = await owner().fresh(wanted);
      const taken = { code: 'CONFLICT', reason, details: { id: holder.id } };
      expect(await refusal(owner().fresh(wanted))).toMatchObject(taken);
      const other = await owner().fresh();
      expect(await refusal(owner().change(other, wanted))).toMatchObject(taken);
      expect(await owner().get(other.id)).toEqual(other);
    });

    test(`its ${what} is free again when the holder is deleted`, async () => {
      const wanted = members(owner().next());
      await owner().remove(await owner().fresh(wanted));
      expect(await owner().fresh(wanted)).toMatchObject({ v: 1, ...wanted });
    });
  }
}
