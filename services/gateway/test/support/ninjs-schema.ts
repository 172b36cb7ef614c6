import { createParser } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { type TProperties, Type } from 'typebox';

/**
 * The part of ninjs 3.1 that we write, in words of our own: which members there are, what they hold, and that there are no
 * others. Source: IPTC, ninjs-schema_3.1.json (CC BY 4.0).
 */
const closed = { additionalProperties: false };
const text = Type.String({ minLength: 1 });
const uri = Type.String({ format: 'uri' });
const instant = Type.String({ format: 'date-time' });
const listOf = (members: TProperties) => Type.Optional(Type.Array(Type.Object(members, closed), { minItems: 1 }));
const maybe = {
  text: Type.Optional(text),
  uri: Type.Optional(uri),
  instant: Type.Optional(instant),
  count: Type.Optional(Type.Integer()),
};
const marked = { role: maybe.text, contentType: maybe.text, value: Type.String() };
const named = { name: maybe.text, rel: maybe.text, uri: maybe.uri, literal: maybe.text };

const members = {
  uri,
  type: Type.Optional(
    Type.Enum(['text', 'audio', 'video', 'picture', 'graphic', 'composite', 'component', 'event', 'planning']),
  ),
  representationType: Type.Optional(Type.Enum(['full', 'partial'])),
  version: maybe.text,
  firstCreated: maybe.instant,
  versionCreated: maybe.instant,
  pubStatus: Type.Optional(Type.Enum(['usable', 'withheld', 'canceled'])),
  urgency: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  copyrightNotice: maybe.text,
  language: maybe.text,
  title: maybe.text,
  by: maybe.text,
  slugline: maybe.text,
  descriptions: listOf(marked),
  headlines: listOf(marked),
  bodies: listOf({ ...marked, wordCount: maybe.count }),
  people: listOf(named),
  organisations: listOf(named),
  subjects: listOf(named),
  genres: listOf({ name: maybe.text, uri: maybe.text, literal: maybe.text }),
  infoSources: listOf({ name: maybe.text, role: maybe.text, uri: maybe.uri, literal: maybe.text }),
  altIds: listOf({ role: maybe.text, value: maybe.text }),
  renditions: listOf({ name: text, href: maybe.uri, contentType: maybe.text, title: maybe.text }),
  standard: Type.Optional(Type.Object({ name: maybe.text, version: maybe.text, schema: maybe.uri }, closed)),
};
const picture = Type.Object({ ...members, name: text, rel: maybe.text }, closed);
const item = { ...members, associations: Type.Optional(Type.Array(picture)) };
const associated = Type.Object({ ...item, name: text, rel: maybe.text }, closed);

const parse = createParser(
  Type.Object({ ...members, associations: Type.Optional(Type.Array(associated)) }, closed),
  'ninjs.invalid',
);

/** What is wrong with a ninjs document of ours, a line each. */
export function ninjsFaults(document: unknown): string[] {
  try {
    parse(document);
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return (error.details?.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`);
  }
}
