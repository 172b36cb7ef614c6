import type { Bus, Uploads } from '@ortoo/shared/bus';
import { createParser } from '@ortoo/shared/contracts';
import type { Clock, Ids, Logger, Metrics } from '@ortoo/shared/kernel';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import manifest from '../package.json' with { type: 'json' };
import { createCategoryCodes } from './categories/category-codes.ts';
import { createCategoryCounts } from './categories/category-counts.client.ts';
import { createCursors } from './cursor.ts';
import { answerBrokenRequest } from './http/broken-request.ts';
import { BODY_MAX } from './http/json-body.ts';
import { createQueryParser, type RawQuery, splitQuery } from './http/query.ts';
import type { Ledger } from './idempotency/ledger.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { components } from './openapi/components.ts';
import { arrivalPlugin } from './plugins/arrival.plugin.ts';
import { authPlugin } from './plugins/auth.plugin.ts';
import { bodyPlugin } from './plugins/body.plugin.ts';
import { idempotencyPlugin } from './plugins/idempotency.plugin.ts';
import { languagePlugin } from './plugins/language.plugin.ts';
import { mediaTypePlugin } from './plugins/media-type.plugin.ts';
import { methodsPlugin } from './plugins/methods.plugin.ts';
import { openapiPlugin } from './plugins/openapi.plugin.ts';
import { originPlugin } from './plugins/origin.plugin.ts';
import { problemPlugin, sendProblem } from './plugins/problem.plugin.ts';
import { chooseRequestId, requestContextPlugin } from './plugins/request-context.plugin.ts';
import { securityPlugin } from './plugins/security.plugin.ts';
import type { FrequentQueries } from './query-log/frequent-queries.worker.ts';
import type { QueryLog } from './query-log/query-log.worker.ts';
import { articleRoutes } from './routes/articles.routes.ts';
import { calendarRoutes } from './routes/calendar.routes.ts';
import { categoryRoutes } from './routes/categories.routes.ts';
import { companyRoutes } from './routes/companies.routes.ts';
import { deadLetterRoutes } from './routes/dead-letters.routes.ts';
import { eventRoutes } from './routes/events.routes.ts';
import { feedRoutes } from './routes/feeds.routes.ts';
import { type HealthChecks, healthRoutes } from './routes/health.routes.ts';
import { importRoutes } from './routes/imports.routes.ts';
import { inquiryRoutes } from './routes/inquiries.routes.ts';
import { intakeRoutes } from './routes/intake.routes.ts';
import { offeringRoutes } from './routes/offerings.routes.ts';
import { pipelineRoutes } from './routes/pipeline.routes.ts';
import { problemRoutes } from './routes/problems.routes.ts';
import { rootRoutes } from './routes/root.routes.ts';
import { searchRoutes } from './routes/search.routes.ts';
import { searchClickRoutes } from './routes/search-clicks.routes.ts';
import { sitemapRoutes } from './routes/sitemaps.routes.ts';
import { sourceFeedRoutes } from './routes/source-feeds.routes.ts';
import { statsRoutes } from './routes/stats.routes.ts';
import { suggestRoutes } from './routes/suggest.routes.ts';

export type AppOptions = {
  bus: Pick<Bus, 'call' | 'callBytes'> & { uploads: Pick<Uploads, 'put' | 'remove'> };
  keyRing: KeyRing;
  ledger: Ledger;
  /** Absent where none is kept. */
  queryLog?: QueryLog | undefined;
  /** What is suggested beside names; absent where no log is kept. */
  frequent?: FrequentQueries | undefined;
  checks: HealthChecks;
  cursorSecret: Buffer;
  /** Origin that callers use; without it, that of each request. */
  publicUrl?: string | undefined;
  /** Origins whose pages may send keys. */
  origins: string[];
  log: Logger;
  metrics: Metrics;
  clock: Clock;
  ids: Ids;
};

/** A request has this long to arrive, and a file: 256 MB over 3 Mbit/s. */
const ARRIVAL_MS = 30_000;
const UPLOAD_MS = 12 * 60_000;
/** An idle connection is kept this long: longer than load balancers do, so that they close first. */
const KEEP_ALIVE_MS = 65_000;
/** Enough for any path that fits into a request; what is too long for an id is a 404 by the route. */
const PARAMETER_MAX = 16_384;

/** The REST API as a Fastify instance that does not listen yet; tests use `inject`. */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { log, clock, metrics, publicUrl, origins } = options;
  const { version } = manifest;
  const app: FastifyInstance = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: (request) => chooseRequestId(request.headers['request-id']),
    bodyLimit: BODY_MAX,
    requestTimeout: UPLOAD_MS,
    http: { headersTimeout: ARRIVAL_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    return503OnClosing: false, // what still arrives while draining is answered, and its connection closed
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, publicUrl),
    clientErrorHandler: answerBrokenRequest,
    routerOptions: { maxParamLength: PARAMETER_MAX, querystringParser: splitQuery },
  });
  app.setValidatorCompiler(({ schema, httpPart }) => compileCheck(schema as TSchema, httpPart ?? ''));
  app.setSerializerCompiler(() => JSON.stringify); // schemas of answers describe them, they never reshape them

  await app.register(problemPlugin, { publicUrl });
  await app.register(arrivalPlugin, { arrivalMs: ARRIVAL_MS });
  await app.register(methodsPlugin);
  await app.register(originPlugin, { publicUrl });
  await app.register(requestContextPlugin, { clock, metrics });
  await app.register(securityPlugin, { origins, isHttps: publicUrl?.startsWith('https:') ?? false });
  await app.register(bodyPlugin);
  await app.register(openapiPlugin, { version });
  rootRoutes(app, { version });
  healthRoutes(app, { checks: options.checks, version });
  problemRoutes(app);
  await app.register(versionOne, options);
  app.closeMethods();
  return app;
}

/** Everything under /v1, and the same as feeds and sitemaps: who asks, in which language, and what they get. */
async function versionOne(
  app: FastifyInstance,
  { bus, keyRing, ledger, queryLog, frequent, cursorSecret, publicUrl, ids, log, clock }: AppOptions,
): Promise<void> {
  await app.register(authPlugin, { keyRing });
  await app.register(languagePlugin);
  await app.register(idempotencyPlugin, { ledger, ids });
  await app.register(mediaTypePlugin);
  const cursors = createCursors(cursorSecret);
  const categoryCodes = createCategoryCodes((ctx, request) => bus.callBytes(ctx, 'rpc.catalog.category.list', request));
  const counts = createCategoryCounts({
    ask: (ctx, request) => bus.call(ctx, 'rpc.search.counts', request),
    log,
    clock,
  });
  categoryRoutes(app, bus, { cursors, counts });
  companyRoutes(app, bus, { cursors, categoryCodes });
  offeringRoutes(app, bus, { cursors, categoryCodes });
  articleRoutes(app, bus, { cursors, categoryCodes });
  eventRoutes(app, bus, { cursors, categoryCodes });
  intakeRoutes(app, bus);
  feedRoutes(app, bus, { cursors, categoryCodes });
  calendarRoutes(app, { bus, cursors, categoryCodes, clock });
  sitemapRoutes(app, { bus, cursors, clock });
  inquiryRoutes(app, { bus, cursors });
  sourceFeedRoutes(app, { bus, cursors, clock });
  await importRoutes(app, { bus, publicUrl, ids, clock });
  searchRoutes(app, { bus, cursors, queryLog, clock });
  searchClickRoutes(app, queryLog);
  suggestRoutes(app, { bus, frequent });
  statsRoutes(app, { bus, queryLog, log, clock });
  pipelineRoutes(app, bus);
  deadLetterRoutes(app, bus);
}

type Check = (value: unknown) => { value: unknown } | { error: Error };

/** Queries and bodies are checked by the parsers that the bus uses; paths and headers by their routes. */
function compileCheck(schema: TSchema & { $ref?: string }, part: string): Check {
  const resolved = schema.$ref === undefined ? schema : components[schema.$ref.replace(/#$/, '')];
  if (!resolved) throw new Error(`there is no component ${schema.$ref}`);
  if (part === 'body') return checkBy(createParser(resolved, 'request.body-invalid'));
  if (part !== 'querystring') return (value) => ({ value });
  const parseQuery = createQueryParser(resolved as TObject);
  return checkBy((value) => parseQuery(value as RawQuery));
}

function checkBy(parse: (value: unknown) => unknown): Check {
  return (value) => {
    try {
      return { value: parse(value) };
    } catch (error) {
      return { error: error as Error };
    }
  };
}
