import { round2 } from './pair.ts';
import type { Product } from './product.ts';

/** Milliseconds from the start of a write to the answer of a search that knows it. */
export type Freshness = { writes: number; p50Ms: number; p99Ms: number };

/** Writes `count` companies at `perSecond` and asks search to wait for each. Throws when a search does not know its write. */
export async function measureFreshness(
  product: Product,
  body: string,
  { count, perSecond }: { count: number; perSecond: number },
): Promise<Freshness> {
  const running: Promise<number>[] = [];
  for (let n = 0; n < count; n += 1) {
    running.push(writeAndFind(product, body.replaceAll('[<id>]', `fresh-${n}`)));
    await new Promise((resolve) => setTimeout(resolve, 1000 / perSecond));
  }
  const times = (await Promise.all(running)).sort((a, b) => a - b);
  const at = (share: number) => round2(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  return { writes: count, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function writeAndFind({ url, headers }: Product, body: string): Promise<number> {
  const startedMs = performance.now();
  const written = await fetch(`${url}/v1/companies`, { method: 'POST', headers, body });
  const token = written.headers.get('ortoo-version');
  if (!written.ok || !token) throw new Error(`A write was answered ${written.status}: ${await written.text()}`);
  await written.body?.cancel();
  const found = await fetch(`${url}/v1/search?q=bench&limit=1&waitFor=${token}`, { headers });
  const { consistent } = (await found.json()) as { consistent: boolean };
  if (!consistent) throw new Error(`Search did not know ${token} in time.`);
  return performance.now() - startedMs;
}
