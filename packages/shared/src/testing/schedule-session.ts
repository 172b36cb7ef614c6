import type { Kind, Service } from '../contracts/index.ts';
import { type Clock, type Instant, type Lifecycle, shiftInstant } from '../kernel/index.ts';
import { eventually } from './eventually.ts';
import { type Body, openResourceClient } from './resource-client.ts';
import type { TestNamespace } from './test-namespace.ts';
import { createTurnableClock } from './turnable-clock.ts';

/** A kind that the clock moves, and how instances of its owner are started on one database. */
export type ScheduledKind = {
  service: Service;
  kind: Kind;
  input: (n: number) => Body;
  /** A namespace with all that the owner needs beside it, and no instance of it. */
  open(): Promise<{ space: TestNamespace; start(clock: Clock): Promise<Lifecycle>; close(): Promise<void> }>;
};

export type ScheduleSession = Awaited<ReturnType<typeof openScheduleSession>>;

/** Instances of one owner that share a database and a clock, and what becomes of its documents. */
export async function openScheduleSession({ open, ...kind }: ScheduledKind) {
  const place = await open();
  const owner = await openResourceClient(kind, place.space);
  const clock = createTurnableClock();
  let running: Lifecycle[] = [];
  const stop = async () => {
    const ending = running;
    running = [];
    await Promise.all(ending.map((lifecycle) => lifecycle.stop()));
  };
  return {
    owner,
    stop,
    start: async (instances: number) => {
      for (let count = 0; count < instances; count += 1) running.push(await place.start(clock));
    },
    /** The instant so long after now. */
    after: (ms: number) => shiftInstant(clock.now(), ms),
    turn: (ms: number) => clock.turn(ms),
    /** A new document that is scheduled. */
    plan: async (body: { publishAt: Instant; unpublishAt?: Instant }) => {
      const { id } = await owner.fresh();
      return owner.move(id, 'schedule', { body });
    },
    atVersion: (id: string, v: number) =>
      eventually(async () => {
        const found = await owner.get(id);
        return found.v >= v && found;
      }),
    /** What happened to a document, version by version. */
    storyOf: async (id: string, v: number) => (await owner.revisions(id, 1, v)).map((row) => `${row.v} ${row.type}`),
    /** The versions by which readers of the bus were told of a publication. */
    publicationsOf: async (id: string, v: number) => {
      const told = (await owner.published(id, v)).flatMap(({ changes }) => changes);
      return [...new Set(told.filter(({ type }) => type === 'published').map((entry) => entry.v))];
    },
    close: async () => {
      await stop();
      await owner.close();
      await place.close();
    },
  };
}
