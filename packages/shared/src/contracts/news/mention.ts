import { type Static, Type } from 'typebox';
import { IdOf, LocaleTag, Version } from '../atoms.ts';
import { presentation, writeCall } from '../calls.ts';

/** Mentions of an article that are kept at most. */
export const MENTIONS_MAX = 200;

/** A company that an article names. */
export const Mention = Type.Object({
  companyId: IdOf('company'),
  text: Type.String({ description: 'As it stands in the text.' }),
  span: Type.Unsafe<[start: number, end: number]>({
    type: 'array',
    items: { type: 'integer', minimum: 0 },
    minItems: 2,
    maxItems: 2,
    description: 'Begin and end (exclusive) in `plainText`, in UTF-16 units.',
  }),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  confirmed: Type.Boolean({ description: 'Whether an editor agreed.' }),
});
export type Mention = Static<typeof Mention>;

/** What an article keeps of a company that it names: copies, which a follower keeps right. */
export const MentionedCompany = Type.Object({
  id: IdOf('company'),
  v: Version,
  visible: Type.Boolean({ description: 'Whether the public sees the company, and so that it is named.' }),
  names: Type.Array(Type.String()),
});
export type MentionedCompany = Static<typeof MentionedCompany>;

/** What an article keeps of mentions. */
export const mentionMembers = {
  mentions: Type.Optional(Type.Array(Mention)),
  mentioned: Type.Optional(Type.Array(MentionedCompany)),
  /** Companies that an editor took out: they are not found in this article again. */
  notMentioned: Type.Optional(Type.Array(IdOf('company'))),
};

/** An editor's word on the mention at place `n`, counted from 0; a `v`, when given, must be current. */
export const mentionCall = () =>
  writeCall({
    v: Type.Optional(Version),
    n: Type.Integer({ minimum: 0 }),
    verdict: Type.Enum(['confirm', 'remove']),
    lang: LocaleTag,
    view: Type.Optional(presentation.view),
  });
export type MentionRequest = Static<ReturnType<typeof mentionCall>['request']>;
