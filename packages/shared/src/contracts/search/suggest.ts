import { type Static, Type } from 'typebox';
import { closed, LocaleTag } from '../atoms.ts';
import { type Call, SEARCH_DEADLINE_MS } from '../calls.ts';
import { QUERY_LENGTH_MAX, searchKinds } from './query.ts';

export const SUGGESTIONS_MAX = 10;

/** Names that begin as something was typed, of what the public sees. */
export const SuggestRequest = Type.Object(
  {
    q: Type.String({ maxLength: QUERY_LENGTH_MAX }),
    kinds: Type.Optional(Type.Array(Type.Enum([...searchKinds]), { minItems: 1, maxItems: searchKinds.length })),
    limit: Type.Integer({ minimum: 1, maximum: SUGGESTIONS_MAX }),
    lang: LocaleTag,
  },
  closed,
);
export type SuggestRequest = Static<typeof SuggestRequest>;

export const Suggestion = Type.Object({
  text: Type.String(),
  kind: Type.Enum([...searchKinds]),
  id: Type.String(),
  match: Type.Array(Type.Integer({ minimum: 0 }), {
    minItems: 2,
    maxItems: 2,
    description: 'Begin and end, in UTF-16 units, of the words of `text` that were begun; the end is not part of them.',
  }),
});
export type Suggestion = Static<typeof Suggestion>;
export const SuggestReply = Type.Object({ items: Type.Array(Suggestion) }, { $id: 'SuggestAnswer' });
export type SuggestReply = Static<typeof SuggestReply>;

export const suggestCall = () =>
  ({
    request: SuggestRequest,
    reply: SuggestReply,
    deadlineMs: SEARCH_DEADLINE_MS,
    isIdempotent: true,
  }) satisfies Call;
