import type { Logger } from '@ortoo/shared/kernel';
import type { IndexDocument } from '../projections/index-document.ts';
import type { BulkWriter } from './bulk.ts';
import type { Properties } from './engine-indexes.ts';

/**
 * Writes into an index of an earlier release, which answers until ours is filled. What its mapping does not know is left
 * out; a document that it refuses all the same is passed over, since the new index takes it, or sets it aside.
 */
export function createOlderIndexWriter({
  writer,
  properties,
  log,
}: {
  writer: BulkWriter;
  properties: Properties;
  log: Logger;
}): BulkWriter {
  return {
    write: async (alias, documents) => {
      const verdicts = await writer.write(
        alias,
        documents.map((document) => fitDocument(document, properties) as IndexDocument),
      );
      return verdicts.map((verdict, place) => {
        if (verdict.type !== 'poison' && verdict.type !== 'too-large') return verdict;
        log.warn({ id: documents[place]?.id, reason: verdict.reason }, 'an older index does not take a change');
        return { type: 'done' };
      });
    },
  };
}

/** The members of a document that a mapping knows, at every depth. Pure. */
export function fitDocument(document: object, properties: Properties): object {
  const known = Object.entries(document).flatMap(([name, value]): [string, unknown][] => {
    const field = properties[name];
    if (!field) return [];
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [[name, isObject && field.properties ? fitDocument(value, field.properties) : value]];
  });
  return Object.fromEntries(known);
}
