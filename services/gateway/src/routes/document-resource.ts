import type {
  BytesReply,
  ChangeRequest,
  CreateRequest,
  GetRequest,
  Kind,
  ListRequest,
  MoveRequest,
  RemoveRequest,
  RestoreRequest,
  RevisionRequest,
  RevisionsRequest,
  Written,
} from '@ortoo/shared/contracts';
import { AppError, type Context } from '@ortoo/shared/kernel';
import type { FastifyRequest } from 'fastify';
import type { TObject } from 'typebox';
import type { CategoryCodes } from '../categories/category-codes.ts';
import type { Cursors } from '../cursor.ts';
import type { Format } from '../formats/format.ts';
import type { Scope } from '../keys/key.rules.ts';
import { mayUse } from '../plugins/auth.plugin.ts';
import type { Inclusion } from './inclusions.ts';

type Call<R, A = BytesReply> = (ctx: Context, request: R) => Promise<A>;

/** One kind that is read and changed item by item. From this its routes are built. */
export type ItemResource = {
  kind: Kind;
  /** As in the path. */
  plural: string;
  /** Words for the OpenAPI document. */
  tag: string;
  idText: string;
  /** With its article, e.g. `a company`. */
  one: string;
  scopes: { write: Scope; publish: Scope };
  shapes: { view: TObject; input: TObject };
  /** The component of the view, e.g. `Company`; those of lists and bodies are named after it. */
  component: string;
  /** What reads may embed, by its name in `include=`. */
  inclusions?: Record<string, Inclusion>;
  /** What reads are answered in beside JSON, if Accept asks for it. */
  formats?: readonly Format[];
  /** What the owner answers. */
  calls: {
    get: Call<GetRequest>;
    change: Call<ChangeRequest>;
    revisions: Call<RevisionsRequest>;
    revision: Call<RevisionRequest>;
    restore: Call<RestoreRequest>;
  };
};

/** One kind of document with a life of its own: listed by filters, made, moved in the workflow, deleted. */
export type DocumentResource = ItemResource & {
  filter: TObject;
  /** Filters that take the write scope, since what they tell is not public. */
  staffFilters?: readonly string[];
  sorts: readonly string[];
  calls: {
    list: Call<ListRequest<never>>;
    create: Call<CreateRequest<never>>;
    move: Call<MoveRequest>;
    remove: Call<RemoveRequest, Written>;
  };
};

/** A kind that callers make, or delete. */
export type Creatable = ItemResource & { calls: Pick<DocumentResource['calls'], 'create'> };
export type Removable = ItemResource & { calls: Pick<DocumentResource['calls'], 'remove'> };

export type DocumentTools = { cursors: Cursors; categoryCodes: CategoryCodes };

/** Longer names are of nothing. */
const REF_MAX = 200;

/** The id or slug in the path. Throws NOT_FOUND for what can name nothing. */
export function refOf(request: FastifyRequest, { kind }: Pick<ItemResource, 'kind'>): string {
  const { id } = request.params as { id: string };
  if (id.length > 0 && id.length <= REF_MAX) return id;
  throw AppError.notFound(`${kind}.not-found`, `There is no such ${kind}.`);
}

/** Who may write sees drafts and what is not public. */
export function viewOf(request: FastifyRequest, { scopes }: Pick<ItemResource, 'scopes'>): 'public' | 'staff' {
  return mayUse(request, scopes.write) ? 'staff' : 'public';
}
