import type { JsMsg } from 'nats';
import { describe, expect, it } from 'vitest';
import { createInbox } from './inbox.ts';

const limits = { maxMessages: 10, maxBytes: 100_000, maxWaitMs: 10_000 };
/** As much of a message as an inbox looks at; `pending` is what the server has besides. */
const message = (pending: number, bytes = 10) =>
  ({ data: new Uint8Array(bytes), info: { pending, timestampNanos: 5e6 } }) as unknown as JsMsg;

describe('an inbox', () => {
  it('hands over at once when the server has no more', async () => {
    const inbox = createInbox(limits);
    const batch = inbox.take();
    inbox.push(message(1));
    inbox.push(message(0));
    expect(await batch).toHaveLength(2);
  });

  it('waits for more while the server has more, but not longer than it may', async () => {
    const inbox = createInbox({ ...limits, maxWaitMs: 30 });
    const startedMs = performance.now();
    inbox.push(message(5));
    expect(await inbox.take()).toHaveLength(1);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(25);
  });

  it('hands over a full batch without waiting, and keeps the rest', async () => {
    const inbox = createInbox({ ...limits, maxMessages: 3 });
    for (let count = 0; count < 4; count += 1) inbox.push(message(9));
    expect(await inbox.take()).toHaveLength(3);
    inbox.push(message(0));
    expect(await inbox.take()).toHaveLength(2);
  });

  it('asks for less the heavier changes are, and for nothing when a batch waits', async () => {
    const inbox = createInbox(limits);
    expect(inbox.room()).toBe(10);
    for (let count = 0; count < 5; count += 1) inbox.push(message(0, 15_000));
    expect(inbox.room()).toBeGreaterThanOrEqual(1);
    expect(inbox.room()).toBeLessThan(5);
    inbox.push(message(0, 30_000));
    expect(inbox.room()).toBe(0);
    expect(await inbox.take()).toHaveLength(5); // 75,000 bytes fit, 105,000 do not
    expect(inbox.room()).toBeGreaterThanOrEqual(1);
  });

  it('asks for nothing when it was given more than it asked for', () => {
    const inbox = createInbox({ ...limits, maxMessages: 3 });
    for (let count = 0; count < 5; count += 1) inbox.push(message(9));
    expect(inbox.room()).toBe(0);
  });

  it('closed, ends its taker, takes nothing, and answers what nobody took', async () => {
    const inbox = createInbox(limits);
    const batch = inbox.take();
    inbox.push(message(3));
    expect(inbox.close()).toHaveLength(1);
    expect(await batch).toBeUndefined();
    expect(inbox.push(message(0))).toBe(false);
    expect(inbox.room()).toBe(0);
  });
});
