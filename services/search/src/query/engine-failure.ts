import { AppError } from '@ortoo/shared/kernel';
import { EngineFault } from '../index/client.ts';

/** What callers are told when the engine does not answer. A request that it does not understand is our defect. */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof EngineFault)) return error;
  const { status, type } = error;
  if (type === 'timeout' || status === 408)
    return AppError.timeout('search.too-slow', 'The search took too long.', error);
  if (isIndexMissing(error)) return indexMissing(error);
  if (status === 429) return AppError.unavailable('busy', 'Search has too much to do at the moment.', { cause: error });
  if (status === 400) return AppError.from(error);
  return AppError.unavailable('search.engine-unavailable', 'The search engine cannot be reached at the moment.', {
    cause: error,
  });
}

export function isIndexMissing(error: unknown): boolean {
  return error instanceof EngineFault && error.type === 'index_not_found_exception';
}

export function indexMissing(cause?: unknown): AppError {
  return AppError.unavailable('search.index-missing', 'The search index is being made; try again in a moment.', {
    retryAfterMs: 2_000,
    cause,
  });
}
