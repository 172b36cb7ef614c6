import type { Change } from '@ortoo/shared/contracts';
import type { OwnerHand, RawDocument, RawRevision, StreamHand } from '@ortoo/shared/testing';
import type { Write } from './history.ts';

export type FactKind = 'company' | 'article' | 'category';
export type OwnedDocument = RawDocument & { kind: FactKind };
export type OwnedRevision = RawRevision & { kind: FactKind };
export type IndexedDocument = { id: string; version: number; source: Record<string, unknown> };

/** Everything that is known after a run has come to rest. */
export type Facts = {
  writes: Write[];
  documents: OwnedDocument[];
  revisions: OwnedRevision[];
  /** Changes in the stream, in its order. */
  changes: Change[];
  index: IndexedDocument[];
  /** Physical indexes behind the read alias. */
  readIndexes: string[];
  deadLetters: number;
  /** Versions that a watcher has seen go down: `<id> 5 → 4`. */
  regressions: string[];
  /** Lines of the services' logs that a healthy service never writes. */
  defects: string[];
};

const collections = [
  { service: 'catalog', collection: 'companies', kind: 'company' },
  { service: 'catalog', collection: 'categories', kind: 'category' },
  { service: 'news', collection: 'articles', kind: 'article' },
] as const;

export async function readOwners(owners: OwnerHand): Promise<Pick<Facts, 'documents' | 'revisions'>> {
  const documents: OwnedDocument[] = [];
  const revisions: OwnedRevision[] = [];
  for (const { service, collection, kind } of collections) {
    documents.push(...(await owners.documents(service, collection)).map((row) => ({ ...row, kind })));
    revisions.push(...(await owners.revisions(service, collection)).map((row) => ({ ...row, kind })));
  }
  return { documents, revisions };
}

export async function readStream(stream: StreamHand): Promise<Pick<Facts, 'changes' | 'deadLetters'>> {
  return { changes: await stream.readChanges(), deadLetters: await stream.countDeadLetters() };
}

const PAGE = 5_000;

/** All documents behind the read alias, tombstones included, with their versions. */
export async function readIndex(
  elasticsearchUrl: string,
  alias: string,
): Promise<Pick<Facts, 'index' | 'readIndexes'>> {
  const ask = async (path: string, body?: object) => {
    const response = await fetch(`${elasticsearchUrl}/${path}`, {
      ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(20_000),
    });
    if (!response.ok) throw new Error(`Elasticsearch answered ${response.status} to ${path}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const readIndexes = Object.keys(await ask(`_alias/${alias}`));
  await fetch(`${elasticsearchUrl}/${alias}/_refresh`, { method: 'POST', signal: AbortSignal.timeout(20_000) });
  const index: IndexedDocument[] = [];
  for (let after: unknown[] | undefined; ; ) {
    const { hits } = (await ask(`${alias}/_search`, {
      size: PAGE,
      version: true,
      query: { match_all: {} },
      sort: [{ id: 'asc' }],
      ...(after ? { search_after: after } : {}),
    })) as { hits: { hits: { _id: string; _version: number; _source: Record<string, unknown>; sort: unknown[] }[] } };
    index.push(...hits.hits.map(({ _id: id, _version: version, _source: source }) => ({ id, version, source })));
    after = hits.hits.at(-1)?.sort;
    if (hits.hits.length < PAGE) return { index, readIndexes };
  }
}
