import type {
  BytesReply,
  ChangeRequest,
  CreateRequest,
  GetRequest,
  Kind,
  ListRequest,
  MoveRequest,
  RemoveRequest,
  Written,
} from '@ortoo/shared/contracts';
import { AppError, type Context } from '@ortoo/shared/kernel';
import type { FastifyRequest } from 'fastify';
import type { TObject } from 'typebox';
import type { CategoryCodes } from '../categories/category-codes.ts';
import type { Cursors } from '../cursor.ts';
import type { Scope } from '../keys/key.rules.ts';
import { mayUse } from '../plugins/auth.plugin.ts';
import type { Inclusion } from './inclusions.ts';

type Call<R, A = BytesReply> = (ctx: Context, request: R) => Promise<A>;

/** What the owner of a kind answers; a call that is absent has no route. */
type DocumentCalls = {
  get: Call<GetRequest>;
  list?: Call<ListRequest<never>>;
  create?: Call<CreateRequest<never>>;
  merge: Call<ChangeRequest>;
  replace?: Call<ChangeRequest>;
  move?: Call<MoveRequest>;
  remove?: Call<RemoveRequest, Written>;
};

/** One kind of document as the API shows it. From this the routes of every kind are built. */
export type DocumentResource = {
  kind: Kind;
  /** As in the path. */
  plural: string;
  /** Words for the OpenAPI document. */
  tag: string;
  idText: string;
  scopes: { write: Scope; publish: Scope };
  shapes: { view: TObject; input: TObject };
  /** Names of components. */
  components: { view: string; list: string; input?: string; replacement?: string; patch: string };
  filter: TObject;
  sorts: readonly string[];
  /** What reads may embed, by its name in `include=`. */
  inclusions?: Record<string, Inclusion>;
  calls: DocumentCalls;
};

export type DocumentTools = { cursors: Cursors; categoryCodes: CategoryCodes };

/** Longer names are of nothing. */
const REF_MAX = 200;

/** The id or slug in the path. Throws NOT_FOUND for what can name nothing. */
export function refOf(request: FastifyRequest, { kind }: DocumentResource): string {
  const { id } = request.params as { id: string };
  if (id.length > 0 && id.length <= REF_MAX) return id;
  throw AppError.notFound(`${kind}.not-found`, `There is no such ${kind}.`);
}

/** Who may write sees drafts and what is not public. */
export function viewOf(request: FastifyRequest, { scopes }: DocumentResource): 'public' | 'staff' {
  return mayUse(request, scopes.write) ? 'staff' : 'public';
}
