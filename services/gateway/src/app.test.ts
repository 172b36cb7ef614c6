import { AppError, createLogger, createMetrics, systemClock, typeIds } from '@ortoo/shared/kernel';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './app.ts';

/** The owner's bytes, as nobody else would write them. */
const BYTES = Buffer.from('{ "id":"company_1",\n"name":"Говь",  "v" : 7,"unknown":true }');
const OFFERINGS = Array.from({ length: 20 }, (_, n) => ({
  id: `offering_${n}`,
  companyId: `company_${n}`,
  categories: { primary: `category-${n}` },
}));
const SECRET = 'mongodb://user:hunter2@db';

let app: FastifyInstance;
const asked: string[] = [];
const log = createLogger({ service: 'test', level: 'silent' });

const unasked = async (): Promise<never> => {
  throw new Error('nobody sends an Idempotency-Key here');
};

beforeAll(async () => {
  const answers: Record<string, () => Promise<never>> = {
    'rpc.catalog.company.get': async () => ({ body: BYTES, meta: { v: '7', id: 'company_1', lang: 'mn' } }) as never,
    'rpc.catalog.company.list': async () => {
      throw new Error(SECRET);
    },
    'rpc.news.article.list': async () => {
      throw AppError.timeout('news.no-answer', 'The news service did not answer in time.');
    },
    'rpc.catalog.company.getMany': async () => ({ body: '[]', meta: {} }) as never,
    'rpc.catalog.category.getMany': async () => ({ body: '[]', meta: {} }) as never,
    'rpc.catalog.offering.list': async () => ({ body: JSON.stringify(OFFERINGS), meta: {} }) as never,
    'rpc.news.article.get': async () => ({ body: '{}', meta: {} }) as never,
  };
  const call = async (_ctx: unknown, name: string) => {
    asked.push(name);
    return answers[name]?.() as never;
  };
  app = await createApp({
    bus: { call, callBytes: call, uploads: { put: unasked, remove: unasked } },
    keyRing: { authenticate: async () => ({ type: 'key', id: 'key_1', scopes: ['admin'] }) },
    ledger: { claim: unasked, finish: unasked, release: unasked },
    checks: { servers: { hung: () => new Promise(() => undefined) }, services: {} },
    cursorSecret: Buffer.alloc(32),
    publicUrl: 'https://api.example.mn',
    origins: [],
    log,
    metrics: createMetrics('test'),
    clock: systemClock,
    ids: typeIds,
  });
});
afterAll(() => app.close());

test('the owner’s bytes are passed on untouched, whatever the schema says', async () => {
  const answer = await app.inject('/v1/companies/company_1');
  expect(answer.rawPayload.equals(BYTES)).toBe(true);
  expect(answer.headers).toMatchObject({ 'content-length': String(BYTES.length), 'content-language': 'mn' });
});

test('a defect is 500 without a word of what it was', async () => {
  const answer = await app.inject('/v1/companies');
  expect(answer.json()).toMatchObject({
    status: 500,
    code: 'INTERNAL',
    type: 'https://api.example.mn/problems/internal',
  });
  expect(answer.body).not.toMatch(/hunter2|stack|at /);
});

test('an owner’s answer without a version is a defect, not a document', async () => {
  expect((await app.inject('/v1/articles/x')).json()).toMatchObject({ status: 500, code: 'INTERNAL' });
});

test('an answer that did not come is 504 and says when to ask again', async () => {
  const answer = await app.inject('/v1/articles');
  expect([answer.json().status, answer.json().code, answer.headers['retry-after']]).toEqual([504, 'TIMEOUT', '1']);
});

test('a dependency that hangs makes the gateway not ready, and hangs nothing', async () => {
  const answer = await app.inject('/readyz');
  expect(answer.json()).toMatchObject({ status: 503, checks: { hung: { status: 'unavailable' } } });
});

test('a page of offerings with all that it embeds takes one call a kind, below a company one more', async () => {
  asked.length = 0;
  const query = 'include=company,category&limit=20';
  const embedding = ['rpc.catalog.offering.list', 'rpc.catalog.company.getMany', 'rpc.catalog.category.getMany'];
  expect((await app.inject(`/v1/offerings?${query}`)).json().items).toHaveLength(20);
  expect(asked.splice(0)).toEqual(embedding);
  await app.inject(`/v1/companies/company_1/offerings?${query}`);
  expect(asked).toEqual(['rpc.catalog.company.get', ...embedding]);
});
