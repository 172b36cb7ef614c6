import type { JsMsg } from 'nats';
import { AppError } from '../kernel/errors.ts';
import { failpoint } from '../kernel/failpoint.ts';
import type { Logger } from '../kernel/logger.ts';
import { backoffMs } from '../kernel/retry.ts';
import type { DeadLetters } from './dead-letters.ts';
import { type Delivery, PoisonError, readDelivery } from './delivery.ts';

/** What became of one delivery. `retry` waits `afterMs`, or 1 s doubling to 60 s by the number of deliveries. */
export type Outcome = { type: 'done' } | { type: 'retry'; afterMs?: number } | { type: 'poison'; reason: string };
export type Handle = (batch: Delivery[]) => Promise<Outcome[]>;

const RETRY = { firstMs: 1_000, maxMs: 60_000 };
/**
 * A batch may take this long, because a message is redelivered after 60 s without an answer, and one may have waited
 * while the batch before it was handled.
 */
const HANDLE_LIMIT_MS = 20_000;

export type BatchHandlerOptions = {
  handle: Handle;
  deadLetters: DeadLetters;
  log: Logger;
  onSettled: (type: Outcome['type']) => void;
  /** The changes are kept alive while they are handled: no time is too long. */
  isPatient?: boolean | undefined;
};
/** Handles messages, then answers each to the server; resolves with how many need no repeat. Never throws. */
export type BatchHandler = (messages: JsMsg[]) => Promise<number>;

export function createBatchHandler(options: BatchHandlerOptions): BatchHandler {
  const { log, onSettled, isPatient = false } = options;
  return async (messages) => {
    const startedMs = performance.now();
    const decided = await decide(options, messages);
    const durationMs = Math.round(performance.now() - startedMs);
    if (durationMs > HANDLE_LIMIT_MS && !isPatient) {
      log.warn({ durationMs, limitMs: HANDLE_LIMIT_MS }, 'a batch took too long; its changes may be delivered twice');
    }
    const settled = await Promise.all(
      decided.map(async ({ msg, outcome }) => {
        const type = await settle(options, msg, outcome);
        const line = { subject: msg.subject, sequence: msg.seq, deliveries: msg.info.deliveryCount, durationMs };
        if (outcome.type === 'poison')
          log.error({ ...line, outcome: type, reason: outcome.reason }, 'change set aside');
        else log.info({ ...line, outcome: type }, 'change');
        onSettled(type);
        return type;
      }),
    );
    return settled.filter((type) => type !== 'retry').length;
  };
}

type Decided = { msg: JsMsg; outcome: Outcome };

/** Asks the handler about what can be read; the rest is poison. */
async function decide(options: BatchHandlerOptions, messages: JsMsg[]): Promise<Decided[]> {
  const decided: Decided[] = [];
  const readable: { msg: JsMsg; delivery: Delivery }[] = [];
  for (const msg of messages) {
    try {
      readable.push({ msg, delivery: readDelivery(msg) });
    } catch (error) {
      const reason = error instanceof PoisonError ? error.message : 'cannot be read';
      decided.push({ msg, outcome: { type: 'poison', reason } });
    }
  }
  const outcomes = await ask(
    options,
    readable.map(({ delivery }) => delivery),
  );
  for (const [index, { msg }] of readable.entries())
    decided.push({ msg, outcome: outcomes[index] ?? { type: 'retry' } });
  return decided;
}

async function ask({ handle, log }: BatchHandlerOptions, deliveries: Delivery[]): Promise<Outcome[]> {
  if (deliveries.length === 0) return [];
  try {
    const outcomes = await handle(deliveries);
    if (outcomes.length === deliveries.length) return outcomes;
    throw new Error(`The handler answered ${outcomes.length} outcomes for ${deliveries.length} deliveries.`);
  } catch (error) {
    const level = error instanceof AppError ? 'warn' : 'error';
    log[level]({ err: error, changes: deliveries.length }, 'a batch of changes failed and will be delivered again');
    return [];
  }
}

/** Tells the server, and answers what came of it: what cannot be set aside or answered comes again. */
async function settle(
  { deadLetters, log }: BatchHandlerOptions,
  msg: JsMsg,
  outcome: Outcome,
): Promise<Outcome['type']> {
  try {
    if (outcome.type === 'done') msg.ack();
    else if (outcome.type === 'retry') msg.nak(outcome.afterMs ?? backoffMs(msg.info.deliveryCount, RETRY));
    else {
      await deadLetters.put(msg, outcome.reason); // stored first: a crash in between repeats it under the same message id
      failpoint('consumer.dead-letter-not-termed');
      msg.term();
    }
    return outcome.type;
  } catch (error) {
    log.error({ err: error, sequence: msg.seq }, 'a message could not be answered and will be delivered again');
    if (outcome.type === 'poison') giveBack(msg);
    return 'retry';
  }
}

function giveBack(msg: JsMsg): void {
  try {
    msg.nak(backoffMs(msg.info.deliveryCount, RETRY));
  } catch {
    // The connection is closed: the server delivers it again after its ack_wait.
  }
}
