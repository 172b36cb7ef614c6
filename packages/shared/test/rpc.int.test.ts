import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '../src/bus/connection.ts';
import { type Bus, connectBus, type Endpoints } from '../src/bus/index.ts';
import { AppError, type Context, createMetrics, systemClock } from '../src/kernel/index.ts';
import { openTestNamespace, type TestNamespace, testContext } from '../src/testing/index.ts';

const readRequest = { ref: 'company_1', view: 'public', lang: 'mn' } as const;
const removeRequest = { id: 'company_1', v: 3 };

let space: TestNamespace;
let caller: Bus;
let raw: Connection;
const opened: Bus[] = [];

beforeAll(async () => {
  space = await openTestNamespace();
  const { natsUrl: url, names, log } = space;
  caller = await connectBus({ url, names, log, service: 'gateway' });
  raw = await openConnection({ url, names, log, service: 'gateway', clock: systemClock });
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((bus) => bus.close()));
});

afterAll(async () => {
  await caller?.close();
  await raw?.drain();
  await space?.dispose();
});

async function serveCatalog(
  endpoints: Endpoints,
  options: { concurrency?: number; log?: Context['log'] } = {},
): Promise<Bus> {
  const { natsUrl: url, names, log } = space;
  const bus = await connectBus({
    url,
    names,
    service: 'catalog',
    log: options.log ?? log,
    metrics: createMetrics('catalog'),
  });
  opened.push(bus);
  await bus.serve({
    service: 'catalog',
    endpoints,
    ...(options.concurrency ? { concurrency: options.concurrency } : {}),
  });
  return bus;
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

describe('a call', () => {
  it('takes text for a bytes reply, and an empty body', async () => {
    await serveCatalog({
      'rpc.catalog.company.get': async ({ requestId: _id }, { ref }) => ({
        body: ref === 'old' ? '' : '{"id":"Ү"}',
        meta: {},
      }),
    });
    const full = await caller.callBytes(testContext(), 'rpc.catalog.company.get', readRequest);
    const empty = await caller.callBytes(testContext(), 'rpc.catalog.company.get', { ...readRequest, ref: 'old' });
    expect(Buffer.from(full.body).toString()).toBe('{"id":"Ү"}');
    expect(empty.body.byteLength).toBe(0);
  });

  it('hides a defect behind INTERNAL and logs it with its stack', async () => {
    const errors: Error[] = [];
    const log = {
      ...space.log,
      child: () => log,
      info: () => undefined,
      error: ({ err }: { err: Error }) => errors.push(err),
    } as never;
    await serveCatalog(
      {
        'rpc.catalog.company.remove': async () => {
          throw new TypeError('secret of the inside');
        },
      },
      { log },
    );
    const error = await failureOf(caller.call(testContext(), 'rpc.catalog.company.remove', removeRequest));
    expect(error).toMatchObject({ code: 'INTERNAL', reason: 'internal' });
    expect(error.message).not.toContain('secret');
    expect(errors.map(({ stack }) => stack)).toEqual([expect.stringContaining('secret of the inside\n    at ')]);
  });

  it('refuses JSON that would poison a prototype', async () => {
    await serveCatalog({ 'rpc.catalog.company.remove': async () => ({ id: 'x', v: 1 }) });
    const reply = await raw.nc.request(
      space.names.rpc('rpc.catalog.company.remove'),
      '{"id":"x","v":1,"__proto__":{"admin":true}}',
    );
    expect(reply.headers?.get('Nats-Service-Error')).toBe('VALIDATION_FAILED');
    expect(JSON.parse(reply.string())).toMatchObject({ reason: 'request.not-json' });
  });

  it('whose reply breaks its schema fails with INTERNAL at the caller', async () => {
    await serveCatalog({ 'rpc.catalog.company.remove': async () => ({ id: 'company_1' }) as never });
    const error = await failureOf(caller.call(testContext(), 'rpc.catalog.company.remove', removeRequest));
    expect(error.code).toBe('INTERNAL');
    expect(String((error.cause as Error).message)).toContain('rpc.catalog.company.remove');
  });
});

describe('a service', () => {
  it('shows itself and its endpoints to the NATS services API', async () => {
    await serveCatalog({ 'rpc.catalog.company.get': async () => ({ body: '', meta: {} }) });
    const name = space.names.microService('catalog');
    const ping = (await raw.nc.request(`$SRV.PING.${name}`)).json<{ name: string; version: string }>();
    const info = (await raw.nc.request(`$SRV.INFO.${name}`)).json<{ endpoints: { name: string; subject: string }[] }>();
    expect(ping).toMatchObject({ name, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    expect(info.endpoints).toMatchObject([
      {
        name: 'company-get',
        subject: space.names.rpc('rpc.catalog.company.get'),
        queue_group: space.names.queueGroup('catalog'),
      },
    ]);
  });

  it('answers calls by hand, without our headers, as nobody', async () => {
    let actor: unknown;
    await serveCatalog({
      'rpc.catalog.outbox.state': async (ctx) => {
        actor = ctx.actor;
        return { pending: 0, oldestMs: 0 };
      },
    });
    const reply = await raw.nc.request(space.names.rpc('rpc.catalog.outbox.state'), '{}');
    expect(reply.json()).toEqual({ pending: 0, oldestMs: 0 });
    expect(actor).toEqual({ type: 'anonymous', id: 'bus', scopes: [] });
  });
});
