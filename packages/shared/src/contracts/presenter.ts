import type { LocaleTag } from './atoms.ts';
import type { SortValues } from './calls.ts';
import { pickFields } from './fields.ts';
import type { BytesReply } from './rpc.ts';
import type { ViewOptions } from './views.ts';

type Versioned<T> = { id: string; v: number; state: T };
type Viewed = { id: string; v: number; updatedAt: string; display: { lang: LocaleTag } };
type Action<C, R, A> = (ctx: C, request: R) => Promise<A>;
/** A write carries no view: who may write sees everything. */
type Shown = { lang: LocaleTag; view?: ViewOptions['view']; fields?: string[] };
type Page<T> = { items: Versioned<T>[]; next?: SortValues; total?: number };

/**
 * Turns the actions of one kind into handlers that answer ready bytes: what the action answers goes through the view
 * of the kind, what the gateway needs to know of it stands beside it.
 */
export function createPresenter<T>(view: (document: Versioned<T>, options: ViewOptions) => Viewed) {
  const optionsOf = ({ lang, view: asked = 'staff', fields }: Shown): ViewOptions => ({ lang, view: asked, fields });

  const show = (document: Versioned<T>, shown: Shown): BytesReply => {
    const viewed = view(document, optionsOf(shown));
    const { id, v, updatedAt, display } = viewed;
    return {
      body: JSON.stringify(pickFields(viewed, shown.fields)),
      meta: { id, v: String(v), updatedAt, lang: display.lang },
    };
  };

  const showAll = (documents: Versioned<T>[], shown: Shown): string =>
    JSON.stringify(documents.map((document) => pickFields(view(document, optionsOf(shown)), shown.fields)));

  return {
    /** One document. */
    one:
      <C, R extends Shown>(action: Action<C, R, Versioned<T>>) =>
      async (ctx: C, request: R) =>
        show(await action(ctx, request), request),

    /** One document, or an empty body and where it moved. */
    found:
      <C, R extends Shown>(action: Action<C, R, Versioned<T> | { movedTo: string }>) =>
      async (ctx: C, request: R): Promise<BytesReply> => {
        const found = await action(ctx, request);
        return 'movedTo' in found ? { body: '', meta: { movedTo: found.movedTo } } : show(found, request);
      },

    /** An array of documents. */
    many:
      <C, R extends Shown>(action: Action<C, R, Versioned<T>[]>) =>
      async (ctx: C, request: R): Promise<BytesReply> => ({
        body: showAll(await action(ctx, request), request),
        meta: { lang: request.lang },
      }),

    /** A page of a list: an array, with `next` when there is more and `total` when it was counted. */
    page:
      <C, R extends Shown>(action: Action<C, R, Page<T>>) =>
      async (ctx: C, request: R): Promise<BytesReply> => {
        const { items, next, total } = await action(ctx, request);
        const more = {
          ...(next ? { next: JSON.stringify(next) } : {}),
          ...(total === undefined ? {} : { total: String(total) }),
        };
        return { body: showAll(items, request), meta: { lang: request.lang, ...more } };
      },
  };
}

/** A page of an export: an array of change data, with the last id as `next` when there is more. */
export const presentExport =
  <C, R>(action: Action<C, R, { items: unknown[]; next?: string }>) =>
  async (ctx: C, request: R): Promise<BytesReply> => {
    const { items, next } = await action(ctx, request);
    return { body: JSON.stringify(items), meta: next === undefined ? {} : { next } };
  };
