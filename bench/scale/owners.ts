import { type Bus, connectBus, type Endpoints } from '@ortoo/shared/bus';
import type { ExportRequest, Names, VersionsRequest } from '@ortoo/shared/contracts';
import { createLogger } from '@ortoo/shared/kernel';
import { type MadeKind, madeKinds, type Portal, type Row } from './portal.ts';

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

/** The service that owns a kind. */
export const ownerOf = (kind: MadeKind) => services[kind];

/** Owners end a page before it has more. */
const PAGE_BYTES_MAX = 256 * 1024;

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
          if (isOfTheCopy) documents += page.texts.length;
          return { body: `[${page.texts.join()}]`, meta: page.next === undefined ? {} : { next: page.next } };
        },
      ],
      [`${noun}.summary`, async () => ({ days: portal.daysOf(kind) })],
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

type Page = { texts: string[]; next: string | undefined };

/** A page as owners cut it: it ends at `limit` or at 256 KB. */
function pageOf(
  portal: Portal,
  kind: MadeKind,
  { after, limit, ids }: Pick<ExportRequest, 'after' | 'limit' | 'ids'>,
): Page {
  const write = (n: number) => JSON.stringify(portal.documentOf(kind, n));
  if (ids) return { texts: ids.map((id) => write(portal.placeAfter(kind, id) - 1)), next: undefined };
  const texts: string[] = [];
  let bytes = 0;
  let n = portal.placeAfter(kind, after);
  for (; n < portal.counts[kind] && texts.length < limit; n += 1) {
    const text = write(n);
    bytes += Buffer.byteLength(text) + 1;
    if (texts.length > 0 && bytes > PAGE_BYTES_MAX) break;
    texts.push(text);
  }
  return { texts, next: n < portal.counts[kind] ? portal.rowOf(kind, n - 1).id : undefined };
}

function versionsOf(portal: Portal, kind: MadeKind, { after, limit, days }: VersionsRequest) {
  const items: Row[] = [];
  for (let n = portal.placeAfter(kind, after); n < portal.counts[kind]; n += 1) {
    const { id, v, live, changedAt } = portal.rowOf(kind, n);
    if (days && !days.includes(changedAt.slice(0, 10))) continue;
    const last = items.at(-1);
    if (last && items.length === limit) return { items, next: last.id };
    items.push({ id, v, live, changedAt });
  }
  return { items };
}
