import { expect, test } from 'vitest';
import { createLifecycle, type Part } from './lifecycle.ts';
import { createLogger } from './logger.ts';
import { pause } from './retry.ts';

const log = createLogger({ service: 'test', level: 'silent' });

function part(name: string, story: string[], fault?: 'start' | 'stop'): Part {
  return {
    name,
    async start() {
      if (fault === 'start') throw new Error(`${name} cannot start`);
      story.push(`+${name}`);
    },
    async stop() {
      story.push(`-${name}`);
      if (fault === 'stop') throw new Error(`${name} cannot stop`);
    },
  };
}

test('parts start in order and stop in reverse', async () => {
  const story: string[] = [];
  const lifecycle = createLifecycle([part('bus', story), part('store', story)], log);
  await lifecycle.start();
  await lifecycle.stop();
  expect(story).toEqual(['+bus', '+store', '-store', '-bus']);
});

test('a failed start stops what had started, and the failed part too, and is thrown on', async () => {
  const story: string[] = [];
  const lifecycle = createLifecycle([part('bus', story), part('store', story, 'start'), part('never', story)], log);
  await expect(lifecycle.start()).rejects.toThrow('store cannot start');
  expect(story).toEqual(['+bus', '-store', '-bus']);
});

test('a part that cannot stop does not keep the others from stopping', async () => {
  const story: string[] = [];
  const lifecycle = createLifecycle([part('bus', story), part('store', story, 'stop')], log);
  await lifecycle.start();
  await lifecycle.stop();
  expect(story).toEqual(['+bus', '+store', '-store', '-bus']);
});

test('a second stop stops nothing twice, keeps the order, and waits for the first', async () => {
  const story: string[] = [];
  const slow = part('relay', story);
  const stopSlow = () => pause(20).then(() => void story.push('-relay'));
  const lifecycle = createLifecycle([part('bus', story), { ...slow, stop: stopSlow }], log);
  await lifecycle.start();
  const first = lifecycle.stop();
  await lifecycle.stop();
  expect(story).toEqual(['+bus', '+relay', '-relay', '-bus']);
  await first;
  await lifecycle.start();
  await lifecycle.stop();
  expect(story.slice(4)).toEqual(['+bus', '+relay', '-relay', '-bus']);
});

test('a stop during the start ends it: nothing more is started', async () => {
  const story: string[] = [];
  const begun = Promise.withResolvers<void>();
  const slow = { ...part('store', story), start: () => Promise.resolve(begun.resolve()).then(() => pause(20)) };
  const lifecycle = createLifecycle([part('bus', story), slow, part('never', story)], log);
  const starting = lifecycle.start();
  const stopping = begun.promise.then(() => lifecycle.stop());
  await expect(starting).rejects.toThrow('stopped');
  await stopping;
  expect(story).toEqual(['+bus', '-store', '-bus']);
});
