import type { RelaySource } from './relay-source.ts';

/** A document that has something to publish. */
export type Wake = { source: RelaySource; id: string; traceparent?: string };

/**
 * The documents to look at, each at most once waiting and at most once in work. One that is woken while in work comes
 * again afterwards. Above `max` waiting a wake is refused: the sweep finds the document later.
 */
export type WakeQueue = {
  add(wake: Wake): boolean;
  /** Takes up to `count` of the longest waiting; they are in work until `finish`. */
  take(count: number): Wake[];
  /** Ends the work on a document; answers whether it was woken meanwhile and waits again. */
  finish(wake: Wake): boolean;
  waiting(): number;
  inWork(): number;
};

export function createWakeQueue({ max }: { max: number }): WakeQueue {
  const waiting = new Map<string, Wake>();
  const inWork = new Map<string, { again: Wake | undefined }>();
  const nameOf = ({ source, id }: Wake) => `${source.kind}/${id}`;

  function add(wake: Wake): boolean {
    const name = nameOf(wake);
    const work = inWork.get(name);
    if (work) {
      work.again = wake;
      return true;
    }
    if (!waiting.has(name) && waiting.size >= max) return false;
    waiting.set(name, wake);
    return true;
  }

  function take(count: number): Wake[] {
    const taken: Wake[] = [];
    for (const [name, wake] of waiting) {
      if (taken.length >= count) break;
      waiting.delete(name);
      inWork.set(name, { again: undefined });
      taken.push(wake);
    }
    return taken;
  }

  function finish(wake: Wake): boolean {
    const name = nameOf(wake);
    const again = inWork.get(name)?.again;
    inWork.delete(name);
    return again !== undefined && add(again);
  }

  return { add, take, finish, waiting: () => waiting.size, inWork: () => inWork.size };
}
