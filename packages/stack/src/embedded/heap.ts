import type { Env } from '../servers.ts';
import { StackError } from '../stack-error.ts';

/** Enough for some hundred thousand documents. */
const HEAP_MB = 512;
/** With less it does not start; above, Java's references take twice the room. */
const LEAST_MB = 256;
const MOST_MB = 31_000;

/** Megabytes of heap for an embedded Elasticsearch. Throws a StackError for what is no whole number within bounds. */
export function readHeapMb(env: Env): number {
  const text = env.ORTOO_ELASTICSEARCH_HEAP_MB || String(HEAP_MB);
  const heapMb = Number(text);
  if (/^\d+$/.test(text) && heapMb >= LEAST_MB && heapMb <= MOST_MB) return heapMb;
  throw new StackError(
    `ORTOO_ELASTICSEARCH_HEAP_MB is "${text}" and must be a whole number of megabytes from ${LEAST_MB} to ${MOST_MB}.`,
    { server: 'elasticsearch' },
  );
}
