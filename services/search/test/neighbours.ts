import { type Bus, connectBus, type Endpoints, type Serving } from '@ortoo/shared/bus';
import {
  buildChange,
  type Change,
  type DaySum,
  type ExportRequest,
  type Names,
  type SearchKind,
  searchKinds,
  type VersionsRequest,
} from '@ortoo/shared/contracts';
import { type Logger, pause, systemClock } from '@ortoo/shared/kernel';
import { ownerOf } from '../src/owners.client.ts';

type ChangeData = Change['data'];
type Kind = SearchKind;
type Stores = Record<Kind, Map<string, ChangeData>>;
type Version = {
  v?: number;
  live?: boolean;
  visible?: boolean;
  state?: Record<string, unknown>;
  isStateByReference?: boolean;
  changedAt?: string;
};

/** Plays the owners of what search keeps a projection of: answers their export calls and publishes what it is told. */
export type Neighbours = {
  bus: Bus;
  /** Stores a version, as an owner does, without telling anybody. */
  store(kind: Kind, id: string, version: Version): ChangeData;
  /** Loses a document without a trace, as a purge or a restored backup does. */
  forget(kind: Kind, id: string): void;
  /** Called before each answer to a question about everything; a test may hold it up or make it fail. */
  onCensus(
    work: (call: 'export' | 'summary' | 'versions', kind: Kind, after: string | undefined) => Promise<void>,
  ): void;
  /** Slows every answer about everything down. */
  onCensusDelay(delayMs: number): void;
  /** Publishes what `store` answered. */
  publishChange(data: ChangeData): Promise<number>;
  /** Stores and publishes; `repeat` tells repeated publications of one version apart. */
  publish(kind: Kind, id: string, version: Version, repeat?: string): Promise<number>;
  /** Publishes any payload under a kind's subject. */
  publishRaw(kind: Kind, id: string, payload: string): Promise<void>;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
};

export async function openNeighbours({
  natsUrl,
  names,
  log,
}: {
  natsUrl: string;
  names: Names;
  log: Logger;
}): Promise<Neighbours> {
  const bus = await connectBus({ url: natsUrl, names, service: 'catalog', log });
  await bus.ensureStreams();
  const stores = Object.fromEntries(searchKinds.map((kind) => [kind, new Map()])) as Stores;
  let serving: Serving | undefined;

  let onCensus: Parameters<Neighbours['onCensus']>[0] = async () => undefined;
  let censusDelayMs = 0;
  const sorted = (kind: Kind) => [...stores[kind].values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));

  const summaryOf = (kind: Kind) => async () => {
    await onCensus('summary', kind, undefined);
    const days = new Map<string, DaySum>();
    for (const { changedAt, check } of stores[kind].values()) {
      const day = changedAt.slice(0, 10);
      const { count = 0, sum = 0 } = days.get(day) ?? {};
      days.set(day, { day, count: count + 1, sum: sum + check });
    }
    return { days: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)) };
  };

  const versionsOf =
    (kind: Kind) =>
    async (_ctx: unknown, { after, limit, days }: VersionsRequest) => {
      await onCensus('versions', kind, after);
      const wanted = sorted(kind)
        .filter(({ id }) => after === undefined || id > after)
        .filter(({ changedAt }) => !days || days.includes(changedAt.slice(0, 10)));
      const page = wanted.slice(0, Math.min(limit, 2));
      const items = page.map(({ id, v, live, changedAt }) => ({ id, v, live, changedAt }));
      const last = items.at(-1);
      return wanted.length > page.length && last ? { items, next: last.id } : { items };
    };

  const exportOf =
    (kind: Kind) =>
    async (_ctx: unknown, { after, limit, ids }: ExportRequest) => {
      if (!ids) await pause(censusDelayMs);
      if (!ids) await onCensus('export', kind, after);
      const all = sorted(kind);
      const wanted = ids
        ? all.filter(({ id }) => ids.includes(id) && (after === undefined || id > after))
        : all.filter(({ id }) => after === undefined || id > after);
      const page = wanted.slice(0, Math.min(limit, 2));
      const last = page.at(-1);
      return { body: JSON.stringify(page), meta: wanted.length > page.length && last ? { next: last.id } : {} };
    };
  const endpoints = Object.fromEntries(
    searchKinds.flatMap((kind) => [
      [`rpc.${ownerOf[kind]}.${kind}.export`, exportOf(kind)],
      [`rpc.${ownerOf[kind]}.${kind}.summary`, summaryOf(kind)],
      [`rpc.${ownerOf[kind]}.${kind}.versions`, versionsOf(kind)],
    ]),
  ) as Endpoints;

  function store(
    kind: Kind,
    id: string,
    { v = 1, live = true, visible = live, state, isStateByReference, changedAt = systemClock.now() }: Version,
  ): ChangeData {
    const data: ChangeData = {
      kind,
      id,
      v,
      live,
      visible,
      check: v,
      changedAt,
      changes: [],
      ...(live && state ? { state } : {}),
    };
    stores[kind].set(id, data);
    if (!isStateByReference) return data;
    const { state: _state, ...reference } = data;
    return { ...reference, isStateByReference };
  }

  async function publish(kind: Kind, id: string, version: Version, repeat = ''): Promise<number> {
    return publishChange(store(kind, id, version), repeat);
  }

  async function publishChange(data: ChangeData, repeat = ''): Promise<number> {
    const kind = data.kind as Kind;
    const change = buildChange(ownerOf[kind], data);
    const subject = names.change(ownerOf[kind], kind, data.id);
    const { sequence } = await bus.publisher.publish({
      subject,
      messageId: `${change.id}${repeat}`,
      payload: JSON.stringify(change),
    });
    return sequence;
  }

  async function comeBack(): Promise<void> {
    serving ??= await bus.serve({ service: 'catalog', endpoints });
  }

  await comeBack();
  return {
    bus,
    store,
    publishChange: (data) => publishChange(data),
    onCensusDelay: (delayMs) => {
      censusDelayMs = delayMs;
    },
    forget: (kind, id) => void stores[kind].delete(id),
    onCensus: (work) => {
      onCensus = work;
    },
    publish,
    publishRaw: async (kind, id, payload) => {
      await bus.publisher.publish({
        subject: names.change(ownerOf[kind], kind, id),
        messageId: `raw:${id}:${payload.length}`,
        payload,
      });
    },
    leave: async () => {
      await serving?.stop();
      serving = undefined;
    },
    comeBack,
    close: () => bus.close(),
  };
}
