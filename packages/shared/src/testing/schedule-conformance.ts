import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { shiftInstant } from '../kernel/index.ts';
import { openScheduleSession, type ScheduledKind, type ScheduleSession } from './schedule-session.ts';

const HOUR_MS = 60 * 60 * 1000;
/** More than the owner takes at a time. */
const MANY = 40;

/** What is planned happens at its instant and once: with two replicas, and after none was there. */
export function describeScheduleConformance(kind: ScheduledKind): void {
  describe(`the plans of the kind ${kind.kind}`, () => {
    let open: ScheduleSession | undefined;
    beforeAll(async () => {
      open = await openScheduleSession(kind);
    });
    afterEach(() => open?.stop());
    afterAll(() => open?.close());
    const session = () => {
      if (!open) throw new Error('The namespace is not open.');
      return open;
    };
    describeKeeping(session);
    describeDropping(session);
  });
}

function describeKeeping(session: () => ScheduleSession): void {
  test('are kept to the second by two replicas', async () => {
    const { start, after, plan, atVersion, storyOf } = session();
    await start(2);
    const publishAt = after(1_500);
    const unpublishAt = shiftInstant(publishAt, 1_000);
    const { id } = await plan({ publishAt, unpublishAt });
    const archived = await atVersion(id, 4);
    expect(archived).toMatchObject({ v: 4, status: 'archived', updatedBy: 'schedule' });
    for (const [made, planned] of [
      [archived.publishedAt as string, publishAt],
      [archived.updatedAt as string, unpublishAt],
    ] as const) {
      expect(made >= planned, `${made} is not before ${planned}`).toBe(true);
      expect(made < shiftInstant(planned, 1_000), `${made} is in the second of ${planned}`).toBe(true);
    }
    expect(await storyOf(id, 4)).toEqual(['1 created', '2 scheduled', '3 published', '4 archived']);
  });

  test('are kept once each when many are due at one instant for two replicas', async () => {
    const { start, after, turn, plan, atVersion, storyOf, publicationsOf } = session();
    await start(2);
    const publishAt = after(HOUR_MS);
    const planned = await Promise.all(Array.from({ length: MANY }, () => plan({ publishAt })));
    expect(new Set(planned.map(({ status }) => status))).toEqual(new Set(['scheduled']));
    turn(HOUR_MS);
    for (const { id } of planned) {
      expect(await atVersion(id, 3)).toMatchObject({ v: 3, status: 'published', updatedBy: 'schedule' });
      expect(await storyOf(id, 3)).toEqual(['1 created', '2 scheduled', '3 published']);
      expect(await publicationsOf(id, 3)).toEqual([3]);
    }
  });

  test('that became due while nobody ran are kept at the start, the publication before its end', async () => {
    const { start, stop, after, turn, plan, atVersion, storyOf } = session();
    await start(1);
    const publishAt = after(HOUR_MS);
    const ended = await plan({ publishAt, unpublishAt: shiftInstant(publishAt, 1) });
    const unpublishAt = shiftInstant(publishAt, 10 * HOUR_MS);
    const lasting = await plan({ publishAt, unpublishAt });
    await stop();
    turn(2 * HOUR_MS);
    await start(2);
    expect(await atVersion(ended.id, 4)).toMatchObject({ v: 4, status: 'archived' });
    expect(await storyOf(ended.id, 4)).toEqual(['1 created', '2 scheduled', '3 published', '4 archived']);
    const shown = await atVersion(lasting.id, 3);
    expect(shown).toMatchObject({ v: 3, status: 'published', unpublishAt });
    expect(shown).not.toHaveProperty('publishAt');
  });
}

function describeDropping(session: () => ScheduleSession): void {
  test('are dropped when they are taken back, deleted or done by hand, and kept through an edit', async () => {
    const { owner, start, after, turn, plan, atVersion } = session();
    await start(2);
    const publishAt = after(HOUR_MS);
    const [withdrawn, deleted, early, edited] = [
      await plan({ publishAt }),
      await plan({ publishAt }),
      await plan({ publishAt }),
      await plan({ publishAt }),
    ];
    await owner.move(withdrawn.id, 'unschedule');
    await owner.remove(deleted);
    await owner.move(early.id, 'publish');
    expect(await owner.change(edited, { externalIds: [] })).toMatchObject({ v: 3, status: 'scheduled', publishAt });
    turn(HOUR_MS);
    expect(await atVersion(edited.id, 4)).toMatchObject({ v: 4, status: 'published' });
    expect(await owner.get(withdrawn.id)).toMatchObject({ v: 3, status: 'draft' });
    expect(await owner.get(early.id)).toMatchObject({ v: 3, status: 'published', updatedBy: 'test' });
    expect(await owner.getMany([deleted.id])).toEqual([]);
  });
}
