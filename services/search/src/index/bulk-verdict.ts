import type { BulkItem } from './engine-documents.ts';

/** What became of one document of a bulk, or of the whole bulk. */
export type Verdict =
  | { type: 'done' }
  /** Worth another try by itself. */
  | { type: 'transient'; reason: string }
  /** Never to be indexed, however often it is tried. */
  | { type: 'poison'; reason: string }
  /** The alias or the index is gone. */
  | { type: 'lost'; reason: string }
  /** Only an operator can help: a cluster block, missing rights, a closed index. */
  | { type: 'refused'; reason: string }
  | { type: 'too-large'; reason: string };

type Fault = { status: number; type: string; message: string };

const OPERATOR_FAULTS = new Set(['cluster_block_exception', 'index_closed_exception', 'security_exception']);

/** The verdict on one item of an answered bulk. A conflict means that the index already holds something newer. */
export function judgeItem({ status, error }: BulkItem): Verdict {
  if (status < 300 || status === 409) return { type: 'done' };
  return judgeFault({ status, type: error?.type ?? 'unknown', message: error?.reason ?? 'no reason given' });
}

/** The verdict on a bulk that failed as a whole, or on an item that failed. */
export function judgeFault({ status, type, message }: Fault): Verdict {
  const reason = `${type}: ${message}`;
  if (OPERATOR_FAULTS.has(type) || status === 401 || status === 403) return { type: 'refused', reason };
  if (type === 'index_not_found_exception' || status === 404) return { type: 'lost', reason };
  if (status === 413) return { type: 'too-large', reason };
  if (status === 400) return { type: 'poison', reason };
  return { type: 'transient', reason };
}
