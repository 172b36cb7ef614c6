import { expect, test } from 'vitest';
import { createHeld } from './held.ts';

test('what is held can be had between start and stop only, and is closed once', async () => {
  const closed: string[] = [];
  const held = createHeld('line', { open: async () => 'open', close: async (value) => void closed.push(value) });
  expect(() => held.get()).toThrow('line is not open');
  await held.stop();
  await held.start();
  expect(held.get()).toBe('open');
  await held.stop();
  await held.stop();
  expect(closed).toEqual(['open']);
  expect(() => held.get()).toThrow('line is not open');
});

test('what did not open is not closed', async () => {
  const held = createHeld('line', {
    open: () => Promise.reject(new Error('busy')),
    close: () => Promise.reject(new Error('closed')),
  });
  await expect(held.start()).rejects.toThrow('busy');
  await expect(held.stop()).resolves.toBeUndefined();
});
