import { createReadableLog, eventually, type LogLine } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const logs = new Map<string, LogLine[]>();
let portal: Portal;
beforeAll(async () => {
  portal = await openPortal({}, (service) => {
    const { log, lines } = createReadableLog(service);
    logs.set(service, lines);
    return log;
  });
});
afterAll(() => portal?.close());

const ask = (method: 'GET' | 'POST', url: string, requestId: string, body?: unknown) =>
  portal.ask(method, url, {
    key: portal.adminKey,
    headers: { 'request-id': requestId, traceparent: `00-${TRACE}-00f067aa0ba902b7-01` },
    ...(body === undefined ? {} : { body }),
  });
const linesOf = (service: string, requestId: string) =>
  (logs.get(service) ?? []).filter((line) => line.requestId === requestId);

test.each([
  ['a read', 'GET', '/v1/companies?limit=1', 'catalog', 'rpc.catalog.company.list', undefined, 200],
  ['a write', 'POST', '/v1/companies', 'catalog', 'rpc.catalog.company.create', aCompany(), 201],
  ['a read of another owner', 'GET', '/v1/articles?limit=1', 'news', 'rpc.news.article.list', undefined, 200],
  ['a search', 'GET', '/v1/search?q=rail', 'search', 'rpc.search.query', undefined, 200],
  ['a refusal', 'GET', '/v1/companies/nothing-here', 'catalog', 'rpc.catalog.company.get', undefined, 404],
] as const)('%s is found by its id and its trace in the log of each service that it went through', async (...row) => {
  const [what, method, url, service, call, body, status] = row;
  const requestId = what.replaceAll(' ', '-');
  expect((await ask(method, url, requestId, body)).statusCode).toBe(status);
  await eventually(() => linesOf('gateway', requestId).length > 0 && linesOf(service, requestId).length > 0);
  expect(linesOf('gateway', requestId)).toEqual([
    expect.objectContaining({ service: 'gateway', msg: 'request', method, status, traceId: TRACE }),
  ]);
  expect(linesOf(service, requestId)).toEqual([
    expect.objectContaining({ service, msg: 'call', call, traceId: TRACE, code: status < 300 ? 'OK' : 'NOT_FOUND' }),
  ]);
});

test('a secret that was sent is in no line of any log', async () => {
  await ask('GET', '/v1/companies?limit=1', 'secretive');
  const written = [...logs.values()]
    .flat()
    .map((line) => JSON.stringify(line))
    .join('');
  expect(written).toContain('secretive');
  expect(written).not.toContain(portal.adminKey);
  expect(written).not.toContain(portal.adminKey.split('_')[3]);
});
