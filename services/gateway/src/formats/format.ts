/** Members of a document as its owner wrote it. */
type Members = Record<string, unknown>;

/** Documents of one page of a list. */
export type ListPage<T> = {
  items: T[];
  /** The address of the page, absolute. */
  url: string;
  /** How many there are on all pages, when it was asked for. */
  total?: number;
};

/** A media type that documents of a kind, and lists of them, are answered in beside JSON. */
export type Format = {
  mediaType: string;
  /** The header, where it says more than the media type. */
  contentType?: string;
  /** Whether it shows what the public sees, whoever asks: it is handed on. */
  isPublic?: boolean;
  /** One document as text; `origin` is what its absolute addresses begin with. */
  item(document: Members, origin: string): string;
  list(page: ListPage<Members>, origin: string): string;
};

type JsonFormat<T> = {
  mediaType: string;
  item(document: T, origin: string): object;
  list(page: ListPage<T>, origin: string): object;
};

/** A format whose texts are JSON. `T` is the view of the kind: what the owner answers is taken for it unchecked. */
export function jsonFormat<T>({ mediaType, item, list }: JsonFormat<T>): Format {
  return {
    mediaType,
    item: (document, origin) => JSON.stringify(item(document as T, origin)),
    list: (page, origin) => JSON.stringify(list(page as ListPage<T>, origin)),
  };
}

/** An object without the members that say nothing: undefined, empty texts and empty lists. */
export function known(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
