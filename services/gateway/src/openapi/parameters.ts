import { LocaleTag } from '@ortoo/shared/contracts';
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
export const headersOf = (headers: TProperties) => Type.Object(headers);
