import { rememberParent } from './parent-watch.ts';

/** One Ctrl-C comes twice under npm, from the terminal and from npm: what comes together is one request. */
const sameRequestMs = 500;
const parentPollMs = 1_000;

/** `first` aborts when the command shall end in order, `second` when it shall hurry; the reason says why. */
export type StopRequests = { first: AbortSignal; second: AbortSignal; close: () => void };

/** Listens for SIGINT, SIGTERM and SIGHUP, and for the loss of the parent process. */
export function watchStopRequests(): StopRequests {
  const first = new AbortController();
  const second = new AbortController();
  let firstAtMs = 0;

  function request(why: string): void {
    if (!first.signal.aborted) {
      firstAtMs = performance.now();
      first.abort(why);
    } else if (performance.now() - firstAtMs >= sameRequestMs) second.abort(why);
  }

  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, request);
  const isParentGone = rememberParent();
  const poll = setInterval(() => {
    if (!first.signal.aborted && isParentGone()) request('the process that started this one is gone');
  }, parentPollMs);
  return {
    first: first.signal,
    second: second.signal,
    close() {
      clearInterval(poll);
      for (const signal of signals) process.off(signal, request);
    },
  };
}
