import { createLogger } from '@ortoo/shared/kernel';
import { createTurnableClock } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { EngineFault } from './client.ts';
import { definitions } from './definition.ts';
import type { IndexFacts } from './next-step.ts';
import { createOwnDefinition } from './own-definition.ts';

const log = createLogger({ service: 'test', level: 'silent' });
const stream = { createdAt: 's', lastSequence: 1 };
const { plain, withDictionary } = definitions;
const none = 'failed to load hunspell dictionary for locale: mn_MN';

const answering = (hash: string, dictionary?: string): IndexFacts[] => [
  {
    name: 'portal-1',
    n: 1,
    meta: { version: 1, hash, stream: 's', fill: { state: 'done' }, ...(dictionary ? { dictionary } : {}) },
    isRead: true,
    isWritable: true,
  },
];

/** A replica beside an engine whose answers are given in turn; the last one stays. */
function replica(hunspell: 'off' | 'on', ...answers: (string | null | Error)[]) {
  const clock = createTurnableClock();
  let asked = 0;
  const findDictionary = async () => {
    const answer = answers[Math.min(asked, answers.length - 1)] ?? null;
    asked += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const own = createOwnDefinition({ engine: { findDictionary }, hunspell, log, clock, askAgainMs: 1_000 });
  return { own, clock, asked: () => asked };
}

test('without the choice the engine is not asked and the definition is plain', async () => {
  const { own, asked } = replica('off', null);
  expect(await own.look([], stream)).toMatchObject({ hash: plain.hash, otherHash: withDictionary.hash });
  expect([own.wanted(), asked()]).toEqual([plain, 0]);
});

test.each([
  ['has the dictionary', null, withDictionary, false],
  ['has none', none, plain, true],
])('by choice, where the engine %s, it is so', async (_title, answer, definition, isDictionaryMissing) => {
  const { own } = replica('on', answer);
  expect(await own.look([], stream)).toMatchObject({ hash: definition.hash, isDictionaryMissing });
  expect(own.wanted()).toBe(definition);
});

test('while the engine does not answer, nothing is decided', async () => {
  const { own } = replica('on', new EngineFault(0, 'connection', 'connect ECONNREFUSED', undefined), null);
  await expect(own.look([], stream)).rejects.toThrow('ECONNREFUSED');
  expect(await own.look([], stream)).toMatchObject({ hash: withDictionary.hash });
});

test('a dictionary that is lost is noticed, and that the engine is silent for a while is not taken for that', async () => {
  const { own, clock } = replica('on', null, new EngineFault(0, 'timeout', 'late', undefined), none);
  const all = answering(withDictionary.hash, 'mn_MN');
  expect(await own.look(all, stream)).toMatchObject({ hash: withDictionary.hash, mayReplace: false });
  clock.turn(1_000);
  expect(await own.look(all, stream)).toMatchObject({ hash: withDictionary.hash, mayReplace: false });
  clock.turn(1_000);
  expect(await own.look(all, stream)).toMatchObject({ hash: plain.hash, mayReplace: true, isDictionaryMissing: true });
});

test('a dictionary that comes back waits for a rebuild', async () => {
  const { own, clock } = replica('on', none, null);
  await own.look([], stream);
  clock.turn(10_000);
  expect(await own.look(answering(plain.hash), stream)).toMatchObject({ hash: plain.hash });
  own.forget();
  expect(await own.look(answering(plain.hash), stream)).toMatchObject({ hash: withDictionary.hash, mayReplace: true });
});

test('a replica that has seen its own analysis answer leaves the other one to others', async () => {
  const { own } = replica('off');
  const other = answering(withDictionary.hash, 'mn_MN');
  expect(await own.look(other, stream)).toMatchObject({ mayReplace: true });
  expect(await own.look(answering(plain.hash), stream)).toMatchObject({ mayReplace: false });
  expect(await own.look(other, stream)).toMatchObject({ mayReplace: false });
});
