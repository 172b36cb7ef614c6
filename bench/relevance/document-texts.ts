import type { Document } from './to-states.ts';

/** What a document has in a field such as `title.en`, several values as one text; empty where it has none. */
export function textOf(document: Document, field: string): string {
  let value: unknown = document;
  for (const name of field.split('.')) value = (value as Record<string, unknown> | undefined)?.[name];
  return Array.isArray(value) ? value.join(' ') : typeof value === 'string' ? value : '';
}
