import { AppError, createLogger, systemClock } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { createPortalFigures } from './portal-figures.client.ts';

/** Figures of neighbours that count what they are asked, on a clock that the test turns. */
function rig() {
  let nowMs = 1_000_000;
  let isAway = false;
  const asked: string[] = [];
  const answer = async (name: string) => {
    asked.push(name);
    if (isAway) throw AppError.unavailable('search.no-responders', 'Nobody answers.');
    return { categories: {}, kinds: { company: asked.length }, body: '', meta: { total: asked.length } };
  };
  const read = createPortalFigures({
    bus: {
      call: (_ctx: unknown, name: string) => answer(name),
      callBytes: (_ctx: unknown, name: string) => answer(name),
    } as never,
    log: createLogger({ service: 'test', level: 'silent' }),
    clock: { ...systemClock, nowMs: () => nowMs },
  });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  const leave = () => {
    isAway = true;
  };
  return { asked, read, pass, leave };
}

test('all who read within two seconds share one look at the neighbours', async () => {
  const { asked, read, pass } = rig();
  const [first, second] = await Promise.all([read(), read()]);
  const once = asked.length;
  expect(second).toBe(first);
  pass(1_999);
  expect(await read()).toBe(first);
  expect(asked).toHaveLength(once);
  pass(1);
  expect(await read()).not.toEqual(first);
  expect(asked).toHaveLength(2 * once);
});

test('neighbours that are away make nulls, not failures, and are asked again two seconds later', async () => {
  const { asked, read, pass, leave } = rig();
  leave();
  const nothing = { counts: null, categories: null, changed: null, index: null };
  expect(await Promise.all([read(), read()])).toMatchObject([nothing, nothing]);
  const once = asked.length;
  pass(2_000);
  expect(await read()).toMatchObject(nothing);
  expect(asked).toHaveLength(2 * once);
});
