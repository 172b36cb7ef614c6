import { connectBus } from '@ortoo/shared/bus';
import { newRequestId, shiftInstant, systemClock } from '@ortoo/shared/kernel';
import { eventually, testContext } from '@ortoo/shared/testing';
import { bodyOf } from './load.ts';
import type { Product } from './product.ts';
import type { ServiceName } from './service-process.ts';

const LANDS_WITHIN_MS = 60_000;
const OLDER_THAN_TOMBSTONES_MS = 31 * 24 * 60 * 60 * 1000;

/**
 * Starts services anew with a failpoint armed, waits until it has killed them (a fault that did not land proves
 * nothing), and starts them again without it. `provoke` brings the place about where the load does not.
 */
export async function killAt(
  product: Product,
  names: ServiceName[],
  failpoints: string,
  provoke?: () => Promise<void>,
): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const armed = await product.restart(name, { failpoints });
      await provoke?.();
      await eventually(() => !armed.isRunning(), { timeoutMs: LANDS_WITHIN_MS });
      const { signal } = await armed.ended;
      const point = failpoints.slice(0, failpoints.indexOf('='));
      if (signal !== 'SIGKILL' || !armed.hits().includes(point))
        throw new Error(`${name} was not killed at ${point} but ended with ${signal}: ${armed.lastLines().join('\n')}`);
      await product.start(name);
    }),
  );
}

/** Makes tombstones in both owners and turns their clocks back a month; answers the ids. */
export async function removeTombstonesEarly(product: Product, count: number): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const [kind, plural, service, collection] of [
    ['company', 'companies', 'catalog', 'companies'],
    ['article', 'articles', 'news', 'articles'],
  ] as const) {
    const mine: string[] = [];
    for (let turn = 0; turn < count; turn += 1) {
      const made = await product.call('POST', `/v1/${plural}`, { body: bodyOf(kind, `old-${turn}`) });
      const id = String(made.body.id);
      await product.call('DELETE', `/v1/${plural}/${id}`, { headers: { 'if-match': made.etag } });
      mine.push(id);
    }
    await eventually(async () => {
      const rows = await product.owners.documents(service, collection);
      return mine.every((id) => rows.some(({ _id, live, pendingSince }) => _id === id && !live && !pendingSince));
    });
    const changedAt = shiftInstant(systemClock.now(), -OLDER_THAN_TOMBSTONES_MS);
    await product.owners.set(service, collection, mine, { changedAt });
    for (const id of mine) ids.add(id);
  }
  return ids;
}

/** Publishes the newest messages of the stream once more, out of order and under other ids. */
export async function replayShuffled(product: Product, count: number): Promise<void> {
  const stored = (await product.stream.read()).slice(-count);
  const shuffled = stored.toSorted((a, b) => (a.data.length % 7) - (b.data.length % 7) || b.sequence - a.sequence);
  for (const { subject, data, sequence } of shuffled)
    await product.stream.put(subject, data, `replay-${sequence}-${newRequestId()}`);
}

/** Has search fill a new index beside the one that answers; resolves when it has begun. */
export async function rebuildIndex({ space }: Product): Promise<void> {
  const { natsUrl: url, names, log } = space;
  const bus = await connectBus({ url, names, service: 'gateway', log });
  try {
    await eventually(() => bus.call(testContext(), 'rpc.search.rebuild.start', {}), { timeoutMs: 20_000 });
  } finally {
    await bus.close();
  }
}

/** Creates one document twice with the same request key, as the gateway does; answers the versions that came back. */
export async function createTwice(
  { space }: Product,
  kind: 'company' | 'article',
  { id, marker }: { id: string; marker: string },
): Promise<string[]> {
  const { natsUrl: url, names, log } = space;
  const bus = await connectBus({ url, names, service: 'gateway', log });
  const request = { id, input: bodyOf(kind, marker) as never, lang: 'en' as const, requestKey: `key-${marker}` };
  const name = kind === 'company' ? 'rpc.catalog.company.create' : 'rpc.news.article.create';
  try {
    const versions: string[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const answered = await bus
        .callBytes(testContext({ deadlineMs: systemClock.nowMs() + 3_000 }), name, request)
        .catch(() => undefined);
      versions.push(answered ? `${answered.meta.id}:${answered.meta.v}` : 'none');
    }
    return versions;
  } finally {
    await bus.close();
  }
}
