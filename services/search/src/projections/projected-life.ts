import type { ProjectedState } from './index-document.ts';

type Life = Required<Pick<ProjectedState, 'status' | 'updatedAt'>> & { publishedAt?: string | undefined };

/** Where a document with a workflow stands; among the newest by its publication, a draft by its last change. */
export function projectLife({ status, updatedAt, publishedAt }: Life) {
  return { status, updatedAt, publishedAt, newestAt: publishedAt ?? updatedAt };
}
