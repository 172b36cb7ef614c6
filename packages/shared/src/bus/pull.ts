import type { Consumer, JsMsg, Subscription } from 'nats';

/** How long the server keeps a request for messages open; also how soon a silent consumer is looked after. */
const PULL_EXPIRES_MS = 5_000;
/** Two missed heartbeats make the client ask whether the consumer is still there. */
const HEARTBEAT_MS = 1_500;
/** The server ends a request by itself; where its word is lost, this long after that it is given up here. */
const GRACE_MS = 1_000;

export type PullOptions = {
  size: number;
  onMessage: (msg: JsMsg) => void;
  signal: AbortSignal;
};

/** Parts of the client's iterator that it does not show. Source: nats 2.29 `PullConsumerMessagesImpl`. */
type Inner = { sub: Subscription; timeout: { cancel(): void } | null };

/**
 * Asks once for up to `size` messages and hands them on as they come; answers how many came before the request was
 * full or over. An abort ends it without losing what is on its way. Throws when the consumer or its stream is gone.
 */
export async function pull(consumer: Consumer, { size, onMessage, signal }: PullOptions): Promise<number> {
  const messages = await consumer.fetch({ max_messages: size, expires: PULL_EXPIRES_MS, idle_heartbeat: HEARTBEAT_MS });
  // Unsubscribing at once would drop what the server has sent already, which then waits out its ack_wait: drain instead.
  // The client's own timer unsubscribes, and after a pause of the process it does so before the socket is read.
  const { sub, timeout } = messages as unknown as Inner;
  timeout?.cancel();
  const end = () => void sub.drain().catch(() => messages.close());
  const timer = setTimeout(end, PULL_EXPIRES_MS + GRACE_MS);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  let received = 0;
  try {
    for await (const msg of messages) {
      received += 1;
      onMessage(msg);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
  return received;
}
