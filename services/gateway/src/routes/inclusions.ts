import { type BytesReply, type GetManyRequest, isRecord, pickFields } from '@ortoo/shared/contracts';
import { AppError, type Context } from '@ortoo/shared/kernel';
import { toBuffer } from '../http/answers.ts';
import type { Scope } from '../keys/key.rules.ts';

export type Members = Record<string, unknown>;

/** What a document can carry along under `included`: one other document that it names. */
export type Inclusion = {
  /** Component of what is included. */
  view: string;
  /** Who has it sees all of it. */
  scope: Scope;
  /** The member that names it. */
  member: string;
  idOf(document: Members): string | undefined;
  getMany(ctx: Context, request: GetManyRequest): Promise<BytesReply>;
};

/** Documents that one answer may embed at most, however many of them are the same. */
const EMBEDDED_MAX = 100;

/** Throws VALIDATION_FAILED when a page of that size would embed too much. */
export function requireAffordable(limit: number, names: readonly string[]): void {
  if (limit * names.length <= EMBEDDED_MAX) return;
  throw AppError.invalid('request.include-too-costly', {
    pointer: '/include',
    message: `embeds up to ${limit * names.length} documents`,
    expected: `limit × include of at most ${EMBEDDED_MAX}`,
  });
}

export type Embedding = {
  inclusions: Record<string, Inclusion>;
  names: readonly string[];
  fields?: string[] | undefined;
  lang: GetManyRequest['lang'];
  viewOf(scope: Scope): GetManyRequest['view'];
};

/** Documents with what they name under `included`, asked for once per kind; what is missing or hidden is left out. */
export async function embed(ctx: Context, documents: Members[], options: Embedding): Promise<Members[]> {
  const { inclusions, names, fields, lang, viewOf } = options;
  const found = await Promise.all(
    names.map(async (name) => {
      const inclusion = inclusions[name];
      if (!inclusion) throw new Error(`there is no inclusion ${name}`);
      const { idOf, getMany, scope } = inclusion;
      const ids = [...new Set(documents.flatMap((document) => idOf(document) ?? []))];
      const shown = ids.length > 0 ? await getMany(ctx, { ids, lang, view: viewOf(scope) }) : undefined;
      return { name, idOf, byId: shown ? indexById(shown) : new Map<string, Members>() };
    }),
  );
  return documents.map((document) => {
    const included = found.flatMap(({ name, idOf, byId }) => {
      const other = byId.get(idOf(document) ?? '');
      return other ? [[name, other] as const] : [];
    });
    return { ...pickFields(document, fields), included: Object.fromEntries(included) };
  });
}

/** One document or an array of them, as the owner wrote it. */
export function parseDocuments({ body }: BytesReply): Members[] {
  return [JSON.parse(toBuffer(body).toString())].flat().filter(isRecord);
}

function indexById(reply: BytesReply): Map<string, Members> {
  return new Map(parseDocuments(reply).map((document) => [String(document.id), document]));
}
