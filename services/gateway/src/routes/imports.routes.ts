import { Readable } from 'node:stream';
import type { Bus, Upload, Uploads } from '@ortoo/shared/bus';
import { type ImportRow, type ImportState, importBounds, importKinds, importModes } from '@ortoo/shared/contracts';
import { AppError, type Clock, type Ids, isErrorCode } from '@ortoo/shared/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { keepPrivate } from '../http/answers.ts';
import { originOf } from '../http/origin.ts';
import { answers, aReceipt, json } from '../openapi/answers.ts';
import { ref } from '../openapi/components.ts';
import { headersOf, idempotencyKey, idParameter, queryOf } from '../openapi/parameters.ts';
import { needsScope } from '../plugins/auth.plugin.ts';
import { buildProblem } from '../problems/problem.ts';
import { refuseBody } from './document-moves.routes.ts';

const onRequest = needsScope('imports:write');
const route = '/v1/imports';
/** The call begins when the file is there, however long that took. */
const ANSWER_MS = 10_000;
const NDJSON = 'application/x-ndjson';
const shared = { tags: ['Imports'], security: [{ key: ['imports:write'] }] };
const params = idParameter('Id of an import.');
const refusals = ['UNAUTHENTICATED', 'FORBIDDEN'] as const;

const importKindNames = Object.keys(importKinds) as (keyof typeof importKinds)[];
const importMediaTypes = [...new Set(Object.values(importKinds).flatMap(({ mediaTypes }) => mediaTypes))];
const importQuery = {
  kind: Type.Enum(importKindNames, { description: 'What the rows are.' }),
  mode: Type.Optional(
    Type.Enum([...importModes], { description: 'What is known is changed, what is not is created.' }),
  ),
  dryRun: Type.Optional(Type.Boolean({ description: 'Whether to tell what would be done, and write nothing.' })),
};
const Query = queryOf(importQuery);
type Asked = { kind: keyof typeof importKinds; mode?: 'upsert'; dryRun?: boolean };

type Asker = Pick<Bus, 'call'> & { uploads: Pick<Uploads, 'put' | 'remove'> };
type Deps = { bus: Asker; publicUrl: string | undefined; ids: Ids; clock: Clock };
type One = FastifyRequest & { params: { id: string } };

declare module 'fastify' {
  interface FastifyRequest {
    /** What this request uploaded, until an owner has it. */
    upload: Upload | null;
  }
}

/** `/v1/imports`: many documents at once, from a file; a job of the kind's owner. */
export async function importRoutes(app: FastifyInstance, deps: Deps): Promise<void> {
  app.decorateRequest('upload', null);
  await app.register(async (scope) => registerCreate(scope, deps)); // a scope of its own: only here bodies are files
  registerGet(app, deps);
  registerReport(app, deps.bus);
  registerUndo(app, deps);
}

async function registerCreate(app: FastifyInstance, { bus, publicUrl, ids, clock }: Deps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([...importMediaTypes], (_request, payload, done) => done(null, payload));
  app.addContentTypeParser('*', (_request, _payload, done) => done(unsupported(importMediaTypes)));
  const schema = {
    ...shared,
    operationId: 'createImport',
    summary: 'Import a file',
    description:
      'Takes a file of at most 256 MB and answers at once; what comes of it stands in the import and its report. ' +
      'Events are read from iCalendar: one is known by its UID, a lower SEQUENCE than the stored one changes nothing, ' +
      'and what is new is a draft.',
    querystring: Query,
    consumes: [...importMediaTypes],
    headers: headersOf(idempotencyKey),
    body: Type.Unknown({ description: 'The file.' }),
    response: answers({ 202: aReceipt('ImportJob') }, [
      ...refusals,
      'CONFLICT',
      'PAYLOAD_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
      'UNPROCESSABLE',
    ]),
  };
  app.addHook('onResponse', async (request, reply) => tidy(request, reply, bus));
  app.route({
    method: 'POST',
    url: route,
    schema,
    config: { idPrefix: 'import', isUpload: true },
    onRequest,
    preValidation: async ({ body }) => {
      if (body === undefined) throw bodyMissing();
    },
    preHandler: async (request) => {
      await takeUpload(request, bus, ids);
      request.deadlineMs = clock.nowMs() + ANSWER_MS;
    },
    handler: async (request, reply) => {
      const { kind, mode = 'upsert', dryRun = false } = request.query as Asked;
      const { name: upload } = request.upload as Upload;
      const job = { id: request.effect.id, kind, mode, dryRun, mediaType: mediaTypeOf(request), upload };
      const made = await bus.call(request.context(), callsOf[importKinds[kind].service].create, job);
      reply.code(202).header('location', `${route}/${made.id}`);
      return keepPrivate(reply).send(show(made, request, publicUrl));
    },
  });
}

/** The calls of each service that imports. */
const callsOf = {
  news: {
    create: 'rpc.news.import.create',
    get: 'rpc.news.import.get',
    report: 'rpc.news.import.report',
    undo: 'rpc.news.import.undo',
  },
} as const;
const owner = callsOf.news; // the one that has any: with a second one, each is asked

/** Keeps the file before the claim of an Idempotency-Key, which tells requests apart by its digest. */
async function takeUpload(request: FastifyRequest, bus: Asker, ids: Ids): Promise<void> {
  const asked = request.query as Asked;
  const mediaType = mediaTypeOf(request);
  const { mediaTypes } = importKinds[asked.kind];
  if (!(mediaTypes as readonly string[]).includes(mediaType)) throw unsupported(mediaTypes);
  if (Number(request.headers['content-length'] ?? 0) > importBounds.uploadBytes) throw tooLarge();
  // A file that is refused half-way leaves the connection open, so that the refusal can be answered.
  const source = (request.body as Readable).iterator({ destroyOnReturn: false });
  const upload = await bus.uploads.put(ids.next('upload'), source, { bytesMax: importBounds.uploadBytes });
  request.upload = upload;
  if (upload.bytes === 0) throw bodyMissing();
  const { bytes, sha256 } = upload;
  request.body = { ...asked, mediaType, bytes, sha256 };
}

/** An upload that no import names is removed; where the outcome is not known it goes by its age. */
async function tidy({ upload, log }: FastifyRequest, reply: FastifyReply, bus: Asker): Promise<void> {
  const isTaken = reply.statusCode === 202 && !reply.hasHeader('idempotency-replayed');
  if (!upload || isTaken || reply.problem?.code === 'TIMEOUT') return;
  await bus.uploads
    .remove(upload.name)
    .catch((error: unknown) => log.warn({ err: error }, 'an upload stays until it is old'));
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function registerGet(app: FastifyInstance, { bus, publicUrl }: Deps): void {
  const schema = {
    ...shared,
    operationId: 'getImport',
    summary: 'Read an import',
    params,
    querystring: queryOf({}),
    response: answers({ 200: json('ImportJob', 'The import.') }, [...refusals, 'NOT_FOUND']),
  };
  app.get(`${route}/:id`, { schema, onRequest }, async (request, reply) =>
    keepPrivate(reply).send(show(await bus.call(request.context(), owner.get, idOf(request)), request, publicUrl)),
  );
}

/** The schema is that of each line. */
const reportLinesAnswer = {
  description: 'A line of JSON for each row.',
  content: { [NDJSON]: { schema: ref('ImportRow') } },
};

function registerReport(app: FastifyInstance, bus: Asker): void {
  const schema = {
    ...shared,
    operationId: 'getImportReport',
    summary: 'Read what came of each row',
    description:
      'A line of JSON for each row that is done, in the order of the file. A row is a VEVENT by its number in it; those ' +
      'with RECURRENCE-ID belong to the row of their series.',
    params,
    querystring: queryOf({}),
    response: answers({ 200: reportLinesAnswer }, [...refusals, 'NOT_FOUND']),
  };
  app.get(`${route}/:id/report`, { schema, onRequest, config: { mediaTypes: [NDJSON] } }, async (request, reply) => {
    const page = async (after: number) => {
      const asked = { ...idOf(request), after, limit: importBounds.reportRows };
      return (await bus.call(request.context(), owner.report, asked)).items;
    };
    const first = await page(0);
    keepPrivate(reply).type(`${NDJSON}; charset=utf-8`);
    return reply.send(Readable.from(reportLines(first, page)));
  });
}

/** Page after page, as fast as they are taken. */
async function* reportLines(first: ImportRow[], page: (after: number) => Promise<ImportRow[]>): AsyncGenerator<string> {
  for (let rows = first; rows.length > 0; rows = await page(rows.at(-1)?.row ?? 0))
    yield rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

function registerUndo(app: FastifyInstance, { bus, publicUrl }: Deps): void {
  const schema = {
    ...shared,
    operationId: 'undoImport',
    summary: 'Take an import back',
    description:
      'Deletes what it created and restores what it changed, but for what was edited since: that is `kept` in the report. ' +
      'A long import is `running` until it is `undone`.',
    params,
    querystring: queryOf({}),
    headers: headersOf(idempotencyKey),
    response: answers({ 202: json('ImportJob', 'The import as it is now.') }, [
      ...refusals,
      'NOT_FOUND',
      'CONFLICT',
      'UNPROCESSABLE',
    ]),
  };
  app.route({
    method: 'POST',
    url: `${route}/:id/undo`,
    schema,
    onRequest,
    preHandler: async (request: FastifyRequest) => refuseBody(request),
    handler: async (request: FastifyRequest, reply: FastifyReply) => {
      const undone = await bus.call(request.context(), owner.undo, idOf(request));
      return keepPrivate(reply.code(202)).send(show(undone, request, publicUrl));
    },
  });
}

const idOf = (request: FastifyRequest) => ({ id: (request as One).params.id });

/** An import as callers see it: where its report is, and what made it fail as a problem. */
function show({ failure, ...job }: ImportState, request: FastifyRequest, publicUrl: string | undefined) {
  const path = `${route}/${job.id}`;
  const place = { origin: originOf(request, publicUrl), path, requestId: request.id };
  return {
    ...job,
    reportUrl: `${path}/report`,
    ...(failure ? { error: buildProblem(errorOf(failure), place) } : {}),
  };
}

function errorOf({ code, reason, message, errors }: NonNullable<ImportState['failure']>): AppError {
  return new AppError(isErrorCode(code) ? code : 'INTERNAL', reason, message, errors ? { details: { errors } } : {});
}

function unsupported(offered: readonly string[]): AppError {
  const expected = offered.join(' or ');
  const message = `The file must be sent with \`Content-Type: ${expected}\`.`;
  const errors = [{ pointer: '/Content-Type', message: 'is not a type that is read', expected }];
  return new AppError('UNSUPPORTED_MEDIA_TYPE', 'import.media-type-unsupported', message, { details: { errors } });
}

function bodyMissing(): AppError {
  const fault = { pointer: '', message: 'the body is empty', expected: 'a file' };
  return AppError.invalid('request.body-missing', fault);
}

function tooLarge(): AppError {
  const errors = [{ pointer: '', message: 'is too large', expected: `at most ${importBounds.uploadBytes} bytes` }];
  const message = `An upload may have ${importBounds.uploadBytes} bytes at most.`;
  return new AppError('PAYLOAD_TOO_LARGE', 'upload.too-large', message, { details: { errors } });
}
