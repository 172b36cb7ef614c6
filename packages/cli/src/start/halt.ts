import type { Screen } from '../screen/screen.ts';
import { parseLogLine } from '../supervision/log-line.ts';
import type { Death } from '../supervision/service-process.ts';
import { watchStopRequests } from '../supervision/stop-requests.ts';

/** Why and how a start comes to its end: asked to, or because a process died too often. */
export type Halt = {
  /** Aborts on the first of either. */
  signal: AbortSignal;
  /** Aborts when a second request asks to hurry. */
  hurry: AbortSignal;
  giveUp: (name: string, death: Death, lastLines: string[]) => void;
  hasGivenUp(): boolean;
  close(): void;
};

export function createHalt(screen: Screen): Halt {
  const requests = watchStopRequests();
  const failure = new AbortController();
  requests.first.addEventListener('abort', () => {
    if (!failure.signal.aborted) screen.line(`\nStopping (${requests.first.reason}); once more to hurry.`);
  });
  requests.second.addEventListener('abort', () => screen.line('Stopping at once.'));
  return {
    signal: AbortSignal.any([requests.first, failure.signal]),
    hurry: requests.second,
    giveUp(name, death, lastLines) {
      if (failure.signal.aborted || requests.first.aborted) return;
      screen.fail(`${name} died five times within a minute (last: ${death.how}); stopping everything. Its last lines:`);
      for (const line of lastLines) screen.fail(`  ${parseLogLine(line).text}`);
      failure.abort(new Error(`${name} died five times within a minute.`));
    },
    hasGivenUp: () => failure.signal.aborted,
    close: requests.close,
  };
}
