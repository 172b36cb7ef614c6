import { expect, it } from 'vitest';
import type { Logger } from '../kernel/index.ts';
import { createOutage } from './relay-outage.ts';

function openOutage() {
  const lines: string[] = [];
  const log = {
    warn: (_: object, line: string) => lines.push(line),
    info: (_: object, line: string) => lines.push(line),
  } as unknown as Logger;
  let nowMs = 0;
  const outage = createOutage({ log, clock: { now: () => '', nowMs: () => nowMs } });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { outage, lines, pass };
}

it('an outage is told once when it begins and once when it ends, however many documents fail', () => {
  const { outage, lines, pass } = openOutage();
  for (let n = 0; n < 500; n += 1) {
    outage.failed(new Error('away'));
    pass(20);
  }
  outage.succeeded();
  outage.succeeded();
  expect(lines).toEqual(['changes cannot be published; they are kept and tried again', 'changes are published again']);
});

it('pauses twice as long each time, at most about five seconds, and then tries with one document', () => {
  const { outage, pass } = openOutage();
  const pauses: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    for (let document = 0; document < 128; document += 1) outage.failed(new Error('away'));
    pauses.push(outage.pauseMs());
    expect(outage.window(128)).toBe(0);
    pass(outage.pauseMs());
    expect(outage.window(128)).toBe(1);
  }
  expect(pauses[0]).toBeLessThanOrEqual(120);
  expect(pauses[3]).toBeGreaterThan(500);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(6_000);
  outage.succeeded();
  expect(outage.window(128)).toBe(128);
});
