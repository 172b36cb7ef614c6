import { type Bus, connectBus, type Endpoints } from '@ortoo/shared/bus';
import type { ExportRequest, Names, VersionsRequest } from '@ortoo/shared/contracts';
import { createLogger } from '@ortoo/shared/kernel';
import { CHANGED_AT, type Document, type MadeKind, madeKinds, type Portal } from './portal.ts';

/** Plays catalog and news: answers what search asks of the owners from a made-up portal, and nothing else. */
export type PlayedOwners = {
  bus: Bus;
  /** When each document was first asked for, by how many came before it: the progress of a copy. */
  asked: { documents: number; atMs: number }[];
  close(): Promise<void>;
};

const services: Record<MadeKind, 'catalog' | 'news'> = {
  category: 'catalog',
  company: 'catalog',
  offering: 'catalog',
  article: 'news',
  event: 'news',
};

export async function playOwners(natsUrl: string, names: Names, portal: Portal): Promise<PlayedOwners> {
  const log = createLogger({ service: 'bench', level: 'silent' });
  const bus = await connectBus({ url: natsUrl, names, service: 'catalog', log });
  await bus.ensureStreams();
  const asked: PlayedOwners['asked'] = [];
  let documents = 0;
  const endpoints = madeKinds.flatMap((kind) => {
    const noun = `rpc.${services[kind]}.${kind}`;
    return [
      [
        `${noun}.export`,
        async (_ctx: unknown, request: ExportRequest) => {
          const page = pageOf(portal, kind, request);
          const isOfTheCopy = kind !== 'category' && request.ids === undefined;
          if (isOfTheCopy) asked.push({ documents, atMs: performance.now() });
          if (isOfTheCopy) documents += page.documents.length;
          return { body: JSON.stringify(page.documents), meta: page.next === undefined ? {} : { next: page.next } };
        },
      ],
      [`${noun}.summary`, async () => ({ days: [dayOf(portal, kind)] })],
      [`${noun}.versions`, async (_ctx: unknown, request: VersionsRequest) => versionsOf(portal, kind, request)],
    ];
  });
  const idle = async () => ({ pending: 0, oldestMs: 0 });
  const states = { 'rpc.catalog.outbox.state': idle, 'rpc.news.outbox.state': idle };
  const all = { ...(Object.fromEntries(endpoints) as Endpoints), ...states };
  const serving = await bus.serve({ service: 'catalog', endpoints: all });
  return {
    bus,
    asked,
    close: async () => {
      await serving.stop();
      await bus.close();
    },
  };
}

function pageOf(
  portal: Portal,
  kind: MadeKind,
  { after, limit, ids }: Pick<ExportRequest, 'after' | 'limit' | 'ids'>,
): { documents: Document[]; next: string | undefined } {
  if (ids) {
    const documents = ids.map((id) => portal.documentOf(kind, portal.placeAfter(kind, id) - 1));
    return { documents, next: undefined };
  }
  const first = portal.placeAfter(kind, after);
  const count = Math.max(0, Math.min(limit, portal.counts[kind] - first));
  const documents = Array.from({ length: count }, (_, n) => portal.documentOf(kind, first + n));
  return { documents, next: first + count < portal.counts[kind] ? documents.at(-1)?.id : undefined };
}

function dayOf(portal: Portal, kind: MadeKind): { day: string; count: number; sum: number } {
  return { day: CHANGED_AT.slice(0, 10), count: portal.counts[kind], sum: portal.counts[kind] };
}

function versionsOf(portal: Portal, kind: MadeKind, { after, limit }: VersionsRequest) {
  const { documents, next } = pageOf(portal, kind, { after, limit } as ExportRequest);
  const items = documents.map(({ id, v, live, changedAt }) => ({ id, v, live, changedAt }));
  return { items, ...(next === undefined ? {} : { next }) };
}
