/** Things that are read while those before them are worked on. */
export type ReadAhead<T> = {
  /**
   * What has been read and not been taken, in order: one at least, for which it waits, and no more than have `sizeMax`
   * together. Nothing when all was taken. Throws what the reading threw, after what was read before that.
   */
  take(sizeMax: number): Promise<T[]>;
  /** Ends the reading behind what is being read now. */
  stop(): void;
};

/** Reads from a source into a queue of at most `most`, so that whoever takes from it seldom has to wait. */
export function readAhead<T>(
  source: AsyncIterable<T>,
  { most, sizeOf }: { most: number; sizeOf(one: T): number },
): ReadAhead<T> {
  const ready: T[] = [];
  let moved = Promise.withResolvers<void>();
  let failure: { error: unknown } | undefined;
  let isOver = false;
  let isStopped = false;

  function move(): void {
    moved.resolve();
    moved = Promise.withResolvers();
  }

  async function read(): Promise<void> {
    for await (const one of source) {
      ready.push(one);
      move();
      while (ready.length >= most && !isStopped) await moved.promise;
      if (isStopped) return;
    }
  }

  void read()
    .catch((error: unknown) => {
      failure = { error };
    })
    .finally(() => {
      isOver = true;
      move();
    });

  return {
    take: async (sizeMax) => {
      while (ready.length === 0 && !isOver) await moved.promise;
      if (ready.length === 0 && failure) throw failure.error;
      let size = 0;
      const end = ready.findIndex((one, place) => {
        size += sizeOf(one);
        return place > 0 && size > sizeMax;
      });
      const taken = ready.splice(0, end === -1 ? ready.length : end);
      move();
      return taken;
    },
    stop: () => {
      isStopped = true;
      move();
    },
  };
}
