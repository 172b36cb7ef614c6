import { FIELDS_MAX, FreshnessToken, LocaleTag, TOKENS_MAX } from '@ortoo/shared/contracts';
import { type TProperties, Type } from 'typebox';

export const LIMIT_DEFAULT = 20;
const LIMIT_MAX = 100;

/** `lang=`, on every route that shows texts. */
export const lang = Type.Optional(LocaleTagWith('Language of `display`; without it Accept-Language decides.'));

function LocaleTagWith(description: string) {
  return { ...LocaleTag, description };
}

export const limit = Type.Optional(
  Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT, description: 'Items of a page at most.' }),
);
export const cursor = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 4096,
    description: 'Where to go on: the cursor of `page.next`, with the same filters and order.',
  }),
);
/** `waitFor=` of lists: they read the owner, which knows every write that it has answered. */
export const waitFor = Type.Optional(
  Type.Array(FreshnessToken, {
    minItems: 1,
    maxItems: TOKENS_MAX,
    description: 'The `Ortoo-Version` of writes that the answer must know, as a comma list; lists always do.',
  }),
);
export const total = Type.Optional(Type.Boolean({ description: 'Whether to count all items.' }));

/** `sort=-publishedAt,name`; the id is always the last key. */
export const sortOf = (names: readonly string[]) =>
  Type.Optional(
    Type.Array(Type.Enum(names.flatMap((name) => [name, `-${name}`])), {
      minItems: 1,
      maxItems: 3,
      description: 'Order, as a comma list; `-` turns one around.',
    }),
  );

/** `fields=slug,displayName.mn`. */
export const fields = Type.Optional(
  Type.Array(Type.String({ maxLength: 100 }), {
    minItems: 1,
    maxItems: FIELDS_MAX,
    description:
      'Members to show, as a comma list; dotted inside members, e.g. `displayName.mn`. `id`, `kind` and `v` are always there.',
  }),
);

/** `include=category`; nothing for what includes nothing. */
export const includeOf = (names: readonly string[]): TProperties =>
  names.length === 0
    ? {}
    : {
        include: Type.Optional(
          Type.Array(Type.Enum([...names]), {
            minItems: 1,
            maxItems: names.length,
            uniqueItems: true,
            description: 'What to embed under `included`; a page embeds at most 100 documents (limit × include).',
          }),
        ),
      };

/** The query of a route: nothing but these parameters. */
export const queryOf = (parameters: TProperties) => Type.Object(parameters, { additionalProperties: false });

export const idParameter = (description: string) => Type.Object({ id: Type.String({ description }) });

export const ifNoneMatch = {
  'If-None-Match': Type.Optional(
    Type.String({ description: 'Tags of copies that the caller has; 304 when one is still good.' }),
  ),
};
export const ifMatch = {
  'If-Match': Type.String({ description: 'The ETag of the version to change: `"7-9f2c01ab"`, or just `"7"`.' }),
};
export const optionalIfMatch = { 'If-Match': Type.Optional(ifMatch['If-Match']) };
export const idempotencyKey = {
  'Idempotency-Key': Type.Optional(
    Type.String({
      maxLength: 257,
      description:
        'Any text of your own, such as a UUID. A repeat with the same key and body within 24 hours has no second effect ' +
        'and gets the same answer, with `Idempotency-Replayed: true`.',
    }),
  ),
};
export const headersOf = (headers: TProperties) => Type.Object(headers);
