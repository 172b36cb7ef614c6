import { pause } from '@ortoo/shared/kernel';

/** Watches the index's versions of the documents written last; one that goes down was overwritten by something older. */
export type VersionWatch = { regressions: string[]; samples(): number; stop(): Promise<void> };

const EVERY_MS = 100;
const WATCHED_MAX = 60;

export function watchVersions(elasticsearchUrl: string, alias: string, touched: string[]): VersionWatch {
  const highest = new Map<string, number>();
  const regressions: string[] = [];
  const ending = new AbortController();
  let samples = 0;

  async function sample(): Promise<void> {
    const ids = [...new Set(touched.slice(-WATCHED_MAX))];
    if (ids.length === 0) return;
    const response = await fetch(`${elasticsearchUrl}/${alias}/_mget?_source=false`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ids }),
      signal: AbortSignal.timeout(2_000),
    });
    if (!response.ok) return;
    const { docs } = (await response.json()) as { docs: { _id: string; _version?: number; found?: boolean }[] };
    samples += 1;
    for (const { _id: id, _version: version, found } of docs) {
      const before = highest.get(id) ?? 0;
      const now = found ? (version ?? 0) : 0;
      if (now < before) regressions.push(`${id} ${before} → ${now}`);
      highest.set(id, Math.max(before, now));
    }
  }

  const running = (async () => {
    while (!ending.signal.aborted) {
      await sample().catch(() => undefined); // an engine that is away shows nothing
      await pause(EVERY_MS, ending.signal);
    }
  })();
  return {
    regressions,
    samples: () => samples,
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
