import { judgeDeath, noDeaths } from './restart.rules.ts';
import type { Death } from './service-process.ts';

export type Restarter = { noteDeath(death: Death): void; cancel(): void };

type Options = {
  name: string;
  /** Starts it again; a rejection counts as a death. */
  startAgain: () => Promise<void>;
  say: (line: string) => void;
  giveUp: (death: Death) => void;
};

/** Brings one process back after each death, until it dies too often. */
export function createRestarter({ name, startAgain, say, giveUp }: Options): Restarter {
  let record = noDeaths;
  let timer: NodeJS.Timeout | undefined;
  let isCancelled = false;

  function noteDeath(death: Death): void {
    if (isCancelled) return;
    const verdict = judgeDeath(record, { nowMs: performance.now(), ranForMs: death.ranForMs });
    record = verdict.record;
    if (verdict.isGivenUp) {
      giveUp(death);
      return;
    }
    say(`${name} died (${death.how}); it is started again in ${verdict.delayMs / 1000} s`);
    timer = setTimeout(() => {
      const since = performance.now();
      startAgain().catch((error: unknown) => {
        noteDeath({ how: error instanceof Error ? error.message : String(error), ranForMs: performance.now() - since });
      });
    }, verdict.delayMs);
  }

  return {
    noteDeath,
    cancel() {
      isCancelled = true;
      clearTimeout(timer);
    },
  };
}
