import { connectBus, type Serving } from '@ortoo/shared/bus';
import { systemClock } from '@ortoo/shared/kernel';
import { openTestNamespace, type TestNamespace } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOwners, type Owners } from '../src/owners.client.ts';

let space: TestNamespace;
let bus: Awaited<ReturnType<typeof connectBus>>;
let serving: Serving;
let owners: Owners;
let page = '[]';

beforeAll(async () => {
  space = await openTestNamespace();
  const { natsUrl: url, names, log } = space;
  bus = await connectBus({ url, names, service: 'catalog', log });
  serving = await bus.serve({
    service: 'catalog',
    endpoints: { 'rpc.catalog.company.export': async () => ({ body: page, meta: {} }) },
  });
  owners = createOwners({ bus, log, clock: systemClock });
});

afterAll(async () => {
  await serving?.stop();
  await bus?.close();
  await space?.dispose();
});

const document = {
  kind: 'company',
  id: 'company_1',
  v: 1,
  live: false,
  visible: false,
  check: 1,
  changedAt: systemClock.now(),
};

test('a page of an owner is read as what a change carries', async () => {
  page = JSON.stringify([document]);
  expect(await owners.exportPage('company', undefined)).toEqual({
    items: [{ ...document, changes: [] }],
    next: undefined,
  });
});

test.each([
  ['carries __proto__', JSON.stringify([document]).replace('"v":1', '"v":1,"state":{"__proto__":{"visible":true}}')],
  ['is not JSON', '[{'],
  ['is not a list of documents', '{"items":[]}'],
])('a page that %s is refused whole', async (_what, body) => {
  page = body;
  await expect(owners.exportPage('company', undefined)).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'export.invalid',
  });
});
