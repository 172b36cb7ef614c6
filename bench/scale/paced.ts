/** What is done again and again; what it throws is a failure. */
export type Paced = () => Promise<void>;
/** Milliseconds of each that ended well, and what the others threw. */
export type PacedFigures = { tookMs: number[]; failures: string[] };

/** So many may be under way; one that would be more has failed. */
const UNDER_WAY_MAX = 200;

/** Does something at a steady rate, whether or not the one before has ended, until it is ended, and waits for what is under way. */
export function beginPaced(perSecond: number, work: Paced): { end(): Promise<PacedFigures> } {
  const figures: PacedFigures = { tookMs: [], failures: [] };
  const underWay = new Set<Promise<void>>();

  async function once(): Promise<void> {
    const startedMs = performance.now();
    try {
      if (underWay.size >= UNDER_WAY_MAX) throw new Error(`${UNDER_WAY_MAX} are under way already`);
      await work();
      figures.tookMs.push(performance.now() - startedMs);
    } catch (error) {
      figures.failures.push(error instanceof Error ? error.message : String(error));
    }
  }

  const timer = setInterval(() => {
    const one = once().finally(() => underWay.delete(one));
    underWay.add(one);
  }, 1000 / perSecond);
  return {
    end: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
      return figures;
    },
  };
}
