import { AppError, createLogger } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { fillIndex } from './fill.ts';

const log = createLogger({ service: 'test', level: 'silent' });
const gone = (id: string) => ({
  ...{ kind: 'company' as const, id, v: 1, check: 1, live: false, visible: false },
  changedAt: '2026-11-24T05:00:00.000Z',
  changes: [],
});

/** An owner of companies `0` … with one in each page, and an engine that takes nothing until it is let. */
function open(documents: number) {
  const steps: string[] = [];
  let opened = Promise.withResolvers<void>();
  const exportPage = async (kind: string, after: string | undefined) => {
    if (kind !== 'company') return { items: [], next: undefined };
    const n = after === undefined ? 0 : Number(after) + 1;
    steps.push(`read ${n}`);
    return { items: [gone(String(n))], next: n < documents - 1 ? String(n) : undefined };
  };
  const write = async (_alias: string, given: { id: string }[]) => {
    if (given.length === 0) return [];
    steps.push(`bulk of ${given.map(({ id }) => id).join()}`);
    await opened.promise;
    return given.map(() => ({ type: 'done' as const }));
  };
  const places: (string | undefined)[] = [];
  const done = fillIndex({
    ...{ alias: 'x', owners: { exportPage }, writer: { write }, log, onProgress: () => undefined },
    onPlace: ({ kind, after }, { taken }) => void places.push(`${taken} before ${kind} ${after ?? ''}`.trim()),
    signal: new AbortController().signal,
  });
  const letGo = () => {
    opened.resolve();
    opened = Promise.withResolvers();
  };
  return { steps, places, done, letGo };
}

test('while the engine takes a bulk the next pages are read, four at most, and the next bulk is made of them', async () => {
  const { steps, places, done, letGo } = open(9);
  await eventually(() => steps.includes('read 4'));
  expect(steps.toSorted()).toEqual(['bulk of 0', 'read 0', 'read 1', 'read 2', 'read 3', 'read 4']);
  letGo();
  await eventually(() => steps.includes('read 8'));
  expect(steps.slice(6).toSorted()).toEqual(['bulk of 1,2,3,4', 'read 5', 'read 6', 'read 7', 'read 8']);
  expect(places).toEqual(['1 before company 0']);
  letGo();
  await eventually(() => steps.includes('bulk of 5,6,7,8'));
  letGo();
  expect(await done).toEqual({ taken: 9, left: 0 });
});

test('what an owner refuses with ends the copy, after what it had answered before is in the index', async () => {
  const written: string[] = [];
  const exportPage = async (_kind: string, after: string | undefined) => {
    if (after !== undefined) throw new AppError('PAYLOAD_TOO_LARGE', 'reply.too-large', 'Too large.');
    return { items: [gone('0')], next: '0' };
  };
  const write = async (_alias: string, given: { id: string }[]) => {
    written.push(...given.map(({ id }) => id));
    return given.map(() => ({ type: 'done' as const }));
  };
  const options = { alias: 'x', owners: { exportPage }, writer: { write }, log, onProgress: () => undefined };
  await expect(fillIndex({ ...options, signal: new AbortController().signal })).rejects.toThrow('Too large.');
  expect(written).toEqual(['0']);
});
