import type { Consumer, ConsumerState } from '@ortoo/shared/bus';
import { type Clock, pause } from '@ortoo/shared/kernel';

const ASK_EVERY_MS = 1_000;
/** Without news for longer than this a lag is taken to grow. */
const NEWS_AGE_MAX_MS = 2_500;

export type ConsumerWatch = {
  /** What was last heard of the consumer; its lag grows while nothing is heard. Never waits. */
  state(): ConsumerState;
};

/** Asks for the state of a consumer beside everything else, until the signal: a JetStream that stalls slows nobody. */
export function watchConsumer(
  consumer: Pick<Consumer, 'state'>,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): ConsumerWatch {
  let heard = { atMs: clock.nowMs(), state: { pending: 0, stalledMs: 0, lagMs: 0 } };

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const state = await consumer.state().catch(() => undefined);
      if (state) heard = { atMs: clock.nowMs(), state };
      await pause(ASK_EVERY_MS, signal);
    }
  }

  void run();
  return {
    state: () => {
      const silentMs = clock.nowMs() - heard.atMs;
      if (silentMs <= NEWS_AGE_MAX_MS) return heard.state;
      return { ...heard.state, lagMs: heard.state.lagMs + silentMs };
    },
  };
}
