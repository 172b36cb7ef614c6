import { readFile } from 'node:fs/promises';
import { moves } from '@ortoo/shared/contracts';
import { beforeAll, expect, test } from 'vitest';
import { describeApi } from './describe-api.ts';

type Operation = {
  operationId?: string;
  responses: Record<string, { content?: Record<string, unknown> }>;
  parameters?: { name: string }[];
};
let text: string;
let operations: [string, string, Operation][];
beforeAll(async () => {
  text = await describeApi();
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [path, method, operation] as [string, string, Operation]),
  );
});

test('openapi.json is the one that is committed', async () => {
  expect(text).toBe(await readFile(new URL('../../../openapi.json', import.meta.url), 'utf8'));
});

const pastOf = (plural: string) => [
  `GET /v1/${plural}/{id}/revisions`,
  `GET /v1/${plural}/{id}/revisions/{v}`,
  `POST /v1/${plural}/{id}/restore`,
];

test('every route of the API is described', () => {
  expect(operations.map(([path, method]) => `${method.toUpperCase()} ${path}`).toSorted()).toEqual(
    [
      ...['GET /', 'GET /livez', 'GET /readyz', 'GET /health', 'GET /openapi.json'],
      ...['GET /problems', 'GET /problems/{code}'],
      ...[
        'GET /v1/categories',
        'GET /v1/categories/{id}',
        'POST /v1/categories',
        'PATCH /v1/categories/{id}',
        'DELETE /v1/categories/{id}',
        ...pastOf('categories'),
        'GET /v1/companies/{id}/offerings',
        'GET /v1/companies/{id}/articles',
        'POST /v1/articles/{id}/mentions/{n}/confirm',
        'POST /v1/articles/{id}/mentions/{n}/remove',
        'GET /v1/companies/{id}/events',
        'GET /v1/companies/{id}/duplicates',
        'GET /v1/articles/{id}/duplicates',
        'POST /v1/companies/{id}/merge',
        'POST /v1/articles/extract',
        'POST /v1/articles/ingest',
        'GET /v1/search',
        'GET /v1/suggest',
        'POST /v1/search/clicks',
        'GET /v1/stats',
        'GET /v1/pipeline',
        ...['rebuild', 'reconcile'].flatMap((work) => [`GET /v1/pipeline/${work}`, `POST /v1/pipeline/${work}`]),
        'GET /v1/pipeline/dead-letters',
        'GET /v1/pipeline/dead-letters/{sequence}',
        'POST /v1/pipeline/dead-letters/{sequence}/replay',
        'POST /v1/search',
      ],
      ...['companies', 'offerings', 'articles'].flatMap((plural) =>
        ['rss', 'atom', 'json'].map((extension) => `GET /feeds/${plural}.${extension}`),
      ),
      ...['/sitemap.xml', '/robots.txt', '/calendar/events.ics'].map((path) => `GET ${path}`),
      ...['GET ', 'POST ', 'GET /{id}', 'PATCH /{id}', 'DELETE /{id}', 'POST /{id}/fetch'].map((one) =>
        one.replace(' ', ' /v1/feeds'),
      ),
      ...['POST /v1/imports', 'GET /v1/imports/{id}', 'GET /v1/imports/{id}/report', 'POST /v1/imports/{id}/undo'],
      ...['companies', 'offerings', 'articles', 'news'].map((name) => `GET /sitemaps/${name}.xml`),
      ...['GET ', 'POST ', 'GET {id}', 'PATCH {id}', 'POST {id}/reply', 'POST {id}/erase'].map((one) => {
        const [method, path] = one.split(' ');
        return `${method} /v1/inquiries${path ? `/${path}` : ''}`;
      }),
      ...['companies', 'offerings', 'articles', 'events'].flatMap((plural) => [
        ...['GET', 'POST'].map((method) => `${method} /v1/${plural}`),
        ...['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => `${method} /v1/${plural}/{id}`),
        ...moves.map((move) => `POST /v1/${plural}/{id}/${move}`),
        ...pastOf(plural),
      ]),
    ].toSorted(),
  );
});

test('a redirect is described where there can be one, which takes a slug or the bare address', () => {
  const moving = operations.flatMap(([path, , { responses }]) =>
    '308' in responses || '302' in responses ? [path] : [],
  );
  const ofCompanies = ['offerings', 'articles', 'events'].map((plural) => `/v1/companies/{id}/${plural}`);
  // That of a category was described before it was known that it cannot come; what is described stays within /v1.
  const items = ['companies', 'offerings', 'articles', 'events', 'categories'].map((plural) => `/v1/${plural}/{id}`);
  expect(moving.toSorted()).toEqual(['/', ...items, ...ofCompanies].toSorted());
});

test('every operation has a name of its own', () => {
  const names = operations.map(([, , { operationId }]) => operationId);
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});

test('every answer of 400 or more is a problem document', () => {
  const problems = operations.flatMap(([path, method, { responses }]) =>
    Object.entries(responses).flatMap(([status, { content }]) =>
      Number(status) >= 400 ? [{ at: `${method} ${path} ${status}`, types: Object.keys(content ?? {}) }] : [],
    ),
  );
  expect(problems.length).toBeGreaterThan(100);
  expect(problems.filter(({ types }) => types.join() !== 'application/problem+json')).toEqual([]);
});

test('every reference leads to a component', () => {
  const { components } = JSON.parse(text) as { components: { schemas: Record<string, unknown> } };
  const named = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !((name as string) in components.schemas))).toEqual([]);
});
