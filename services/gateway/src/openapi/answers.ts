import type { ErrorCode } from '@ortoo/shared/kernel';
import { PROBLEM_TYPE } from '../problems/problem.ts';
import { problemKinds } from '../problems/problem-list.ts';
import { ref } from './components.ts';

type Answer = Record<string, unknown>;

/** Codes that any route can answer. */
const EVERYWHERE: ErrorCode[] = ['VALIDATION_FAILED', 'NOT_ACCEPTABLE', 'INTERNAL', 'UNAVAILABLE', 'TIMEOUT'];

/** The answers of a route for its document: the good ones, and a problem for each code it can fail with. */
export function answers(good: Record<number, Answer>, codes: ErrorCode[] = []): Record<number, Answer> {
  const problems = [...codes, ...EVERYWHERE].map((code) => [problemKinds[code].status, problemAnswer(code)] as const);
  return { ...good, ...Object.fromEntries(problems) };
}

/** The same for a route whose path says its media type, so that Accept is not asked. */
export function answersByPath(good: Record<number, Answer>, codes: ErrorCode[] = []): Record<number, Answer> {
  const { 406: _never, ...others } = answers(good, codes);
  return others;
}

/** The problem document of one code. */
export function problemAnswer(code: ErrorCode): Answer {
  return { description: problemKinds[code].title, content: { [PROBLEM_TYPE]: { schema: ref('Problem') } } };
}

type Headers = Record<string, { type: 'string'; description: string }>;

const text = (description: string) => ({ type: 'string' as const, description });
export const documentHeaders: Headers = {
  ETag: text('Version and hash, e.g. "7-9f2c01ab"; send it in If-Match and If-None-Match.'),
  'Content-Language': text('Language of `display`.'),
};
const writtenHeaders: Headers = {
  ...documentHeaders,
  'Ortoo-Version': text('`<id>:<v>`; searches can wait for it with `waitFor`.'),
};

/** An answer with a JSON body. */
export const json = (id: string, description: string, headers: Headers = {}): Answer => ({
  description,
  headers,
  content: { 'application/json': { schema: ref(id) } },
});

/** The same in other media types, as Accept chooses. */
export const alsoAs = (answer: Answer, formats: readonly { mediaType: string }[] = []): Answer => {
  const others = formats.map(({ mediaType }) => [mediaType, { schema: { type: 'object' } }] as const);
  return { ...answer, content: { ...(answer.content as object), ...Object.fromEntries(others) } };
};

export const aDocument = (id: string) => json(id, 'The document.', documentHeaders);
export const aWrittenDocument = (id: string) => json(id, 'The document as it is now.', writtenHeaders);
const onceHeaders: Headers = {
  'Idempotency-Replayed': text('`true` when this is the answer to an earlier request with the same Idempotency-Key.'),
};
export const aMovedDocument = (id: string) =>
  json(id, 'The document as it is now.', { ...writtenHeaders, ...onceHeaders });
export const aCreatedDocument = (id: string) =>
  json(id, 'The document that was created.', { ...writtenHeaders, ...onceHeaders, Location: text('Where it is.') });
export const aReceipt = (id: string) =>
  json(id, 'It was taken.', { ...onceHeaders, Location: text('Where it is; only for who may read it.') });
export const aList = (id: string) =>
  json(id, 'A page.', { ETag: text('Weak.'), Link: text('`rel="next"` when there are more.') });

const listHeaders: Headers = { ETag: text('Weak.'), Link: text('`rel="next"` when there are more.') };
/** An answer in a media type of its own. */
export const aFile = (mediaType: string, description: string, headers: Headers = { ETag: text('Weak.') }): Answer => ({
  description,
  headers,
  content: { [mediaType]: { schema: { type: mediaType.endsWith('json') ? 'object' : 'string' } } },
});
export const aFeed = (mediaType: string) => aFile(mediaType, 'A page of the feed.', listHeaders);

/** An answer without a body. */
const nothing = (description: string, headers: Headers = {}): Answer => ({ type: 'null', description, headers });
export const deleted = nothing('The document is deleted.', { 'Ortoo-Version': text('`<id>:<v>` of the deletion.') });
export const notModified = nothing('The copy that If-None-Match names is still good.');
export const moved = nothing('The slug is an old one, or the document was merged into another.', {
  Location: text('Where it is now.'),
});
