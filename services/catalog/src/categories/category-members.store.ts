import { anyOf, type Filter } from '@ortoo/shared/outbox';

/** The indexes that lists by category need. */
export const categoryIndexes = [
  { 'categories.primary': 1, publishedAt: -1, _id: -1 },
  { 'categories.secondary': 1, publishedAt: -1, _id: -1 },
] satisfies Record<string, 1 | -1>[];

/** The condition that a document is in one of the categories, by its first or another one; none when none was asked for. */
export function inCategory(codes: string[] | undefined): Filter[] {
  return codes ? [{ $or: [...anyOf('categories.primary', codes), ...anyOf('categories.secondary', codes)] }] : [];
}
