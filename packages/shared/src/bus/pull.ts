import type { Consumer, JsMsg, Subscription } from 'nats';

/** How long the server keeps a request for messages open; also how soon a silent consumer is looked after. */
const PULL_EXPIRES_MS = 5_000;
/** Two missed heartbeats make the client ask whether the consumer is still there. */
const HEARTBEAT_MS = 1_500;

export type PullOptions = {
  size: number;
  onMessage: (msg: JsMsg) => void;
  signal: AbortSignal;
};

/**
 * Asks once for up to `size` messages and hands them on as they come; answers how many came before the request was
 * full or over. An abort ends it without losing what is on its way. Throws when the consumer or its stream is gone.
 */
export async function pull(consumer: Consumer, { size, onMessage, signal }: PullOptions): Promise<number> {
  const messages = await consumer.fetch({ max_messages: size, expires: PULL_EXPIRES_MS, idle_heartbeat: HEARTBEAT_MS });
  // Unsubscribing at once would drop what the server has sent already, which then waits out its ack_wait: drain instead.
  const { sub } = messages as unknown as { sub: Subscription };
  const end = () => void sub.drain().catch(() => messages.close());
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  let received = 0;
  try {
    for await (const msg of messages) {
      received += 1;
      onMessage(msg);
    }
  } finally {
    signal.removeEventListener('abort', end);
  }
  return received;
}
