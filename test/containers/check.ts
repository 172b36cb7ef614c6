/** Does one thing that must succeed; its title states what is guaranteed. */
export type Check = (title: string, work: () => Promise<unknown>) => Promise<void>;

/** Shows each check with the time it took. The first that fails ends the run. */
export function createCheck(show: (line: string) => void): { check: Check; count: () => number } {
  let count = 0;
  const check: Check = async (title, work) => {
    const since = performance.now();
    const took = () => `(${((performance.now() - since) / 1000).toFixed(1)} s)`;
    try {
      await work();
    } catch (error) {
      show(`✗ ${title} ${took()}`);
      throw error;
    }
    count += 1;
    show(`✓ ${title} ${took()}`);
  };
  return { check, count: () => count };
}
