import { backoffMs, type Logger, pause } from '@ortoo/shared/kernel';
import type { Owners } from '../owners.client.ts';
import type { ChangeData } from '../projections/index-document.ts';

const RETRY = { firstMs: 250, maxMs: 2_000 };

export type CategoryLoad = {
  /** Loads all categories, in the background and until it succeeds; once more when asked again meanwhile. */
  begin(): void;
  settled(): Promise<void>;
};

/** Asks catalog for every category and hands each one on. */
export function createCategoryLoad({
  owners,
  log,
  signal,
  onCategory,
}: {
  owners: Pick<Owners, 'exportPage'>;
  log: Logger;
  signal: AbortSignal;
  onCategory(data: ChangeData): void;
}): CategoryLoad {
  let loading: Promise<void> | undefined;
  let isWanted = false;

  async function loadOnce(): Promise<void> {
    let after: string | undefined;
    do {
      const page = await owners.exportPage('category', after);
      for (const item of page.items) onCategory(item);
      after = page.next;
    } while (after !== undefined);
  }

  async function load(): Promise<void> {
    for (let failures = 0; isWanted && !signal.aborted; ) {
      isWanted = false;
      try {
        await loadOnce();
        failures = 0;
      } catch (error) {
        isWanted = true;
        failures += 1;
        const reason = (error as Error).message;
        log.warn({ failures, reason }, 'the words of the categories could not be loaded; trying again');
        await pause(backoffMs(failures, RETRY), signal);
      }
    }
  }

  function begin(): void {
    isWanted = true;
    loading ??= load().finally(() => {
      loading = undefined;
      if (isWanted && !signal.aborted) begin();
    });
  }

  return { begin, settled: async () => loading };
}
