import { type Format, jsonFormat, known, type ListPage } from './format.ts';

/** One thing of schema.org: `@type` and its properties. */
export type Node = Record<string, unknown>;

const CONTEXT = { '@context': 'https://schema.org' };

/** JSON-LD of one kind in the vocabulary of schema.org; lists are an `ItemList`. */
export function jsonLdFormat<T>(nodeOf: (document: T, origin: string) => Node): Format {
  return jsonFormat<T>({
    mediaType: 'application/ld+json',
    item: (document, origin) => ({ ...CONTEXT, ...nodeOf(document, origin) }),
    list: ({ items, url, total }: ListPage<T>, origin) => ({
      ...CONTEXT,
      ...thing('ItemList', {
        '@id': url,
        numberOfItems: total,
        itemListOrder: 'https://schema.org/ItemListOrderAscending',
      }),
      itemListElement: items.map((document, place) =>
        thing('ListItem', { position: place + 1, item: nodeOf(document, origin) }),
      ),
    }),
  });
}

/** A node without the properties of which nothing is known. */
export function thing(type: string, properties: Node): Node {
  return { '@type': type, ...known(properties) };
}

/** A number or code that somebody gave. */
export function identifier(propertyID: string, value: string): Node {
  return thing('PropertyValue', { propertyID, value });
}

/** Our id and those of other systems. */
export function identifiers(id: string, externalIds: { system: string; value: string }[] = []): Node[] {
  return [identifier('ortoo', id), ...externalIds.map(({ system, value }) => identifier(system, value))];
}
