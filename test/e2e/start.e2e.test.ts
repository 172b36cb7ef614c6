import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedProduct, startProduct } from '../support/started-product.ts';
import { playTour, TOUR } from '../support/tour.ts';

let product: StartedProduct;
beforeAll(async () => {
  product = await startProduct();
});
afterAll(async () => product?.dispose());

async function get(
  path: string,
): Promise<{ status: number; body: Record<string, unknown> & { items: { name?: { en?: string } }[] } }> {
  const response = await fetch(`${product.status.gateway.url}${path}`);
  return { status: response.status, body: (await response.json()) as never };
}

test('the 26 categories are answered in the order and wording of the portal', async () => {
  const { body } = await get('/v1/categories');
  const names = body.items.map((category) => category.name?.en);
  expect(names).toHaveLength(26);
  expect(names.slice(0, 4)).toEqual([
    'Agriculture',
    'Automobiles and Machinery',
    'Bank, non banking financing, investment',
    'Blasting',
  ]);
  expect(names[8]).toBe('Engineer , Architecture and Geodesy');
});

test('the first start loads the samples, and the seed article is found by "mongolia"', async () => {
  const { body } = await get('/v1/search?q=mongolia');
  expect(body.items.map((item) => (item as { display?: { name: string } }).display?.name)).toContain(
    'Why the Yoon administration sees a powerful partner in Mongolia',
  );
});

test('loading the samples a second time changes nothing', async () => {
  const total = async () => (await get('/v1/companies?limit=1&total=true')).body.total;
  const before = await total();
  const { code, output } = await product.ortoo('seed');
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(await total()).toBe(before);
});

test('the index is made anew and compared with its owners by a command each, and they agree', async () => {
  const state = async (): Promise<{ index: { name: string }; reconcile: object }> =>
    (
      await fetch(`${product.status.gateway.url}/v1/pipeline`, {
        headers: { authorization: `Bearer ${product.adminKey}` },
      })
    ).json() as never;
  const before = await state();
  const rebuilt = await product.ortoo('rebuild');
  expect(rebuilt).toMatchObject({ code: 0, output: expect.stringMatching(/portal-\d+ answers: \d+ documents in/) });
  expect((await state()).index.name).not.toBe(before.index.name);
  const compared = await product.ortoo('reconcile', '--full');
  expect(compared).toMatchObject({ code: 0, output: expect.stringContaining('holds what its owners have (full') });
  expect((await state()).reconcile).toMatchObject({ missing: 0, stale: 0, extra: 0, mode: 'full' });
});

test('status names what runs where, each service with its own port for operators', async () => {
  const { gateway, services, servers } = product.status;
  for (const { opsUrl } of [gateway, ...Object.values(services)]) {
    expect((await fetch(`${opsUrl}/readyz`)).status).toBe(200);
  }
  expect(Object.keys(servers).sort()).toEqual(['elasticsearch', 'mongodb', 'nats']);
});

test('a service that dies is started again and serves', async () => {
  process.kill(product.status.services.catalog.pid, 'SIGKILL');
  await expect
    .poll(async () => (await fetch(`${product.status.gateway.url}/v1/categories`)).status, {
      timeout: 30_000,
      interval: 250,
    })
    .toBe(200);
  const status = JSON.parse((await product.ortoo('status', '--json')).output) as StartedProduct['status'];
  expect(status.services.catalog.pid).not.toBe(product.status.services.catalog.pid);
});

test('a second start beside a running one is refused with the address of the first', async () => {
  const { code, output } = await product.ortoo('start');
  expect(code).toBe(1);
  expect(output).toContain(product.status.gateway.url);
});

test('each step of the README tour works as printed', async () => {
  const api = { url: product.status.gateway.url, keyFile: join(product.dataDir, 'admin-key') };
  const { status, stderr, answers } = await playTour(api);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(answers).toHaveLength(TOUR.length);
  for (const [step, parts] of TOUR.entries()) for (const part of parts) expect(answers[step]).toContain(part);
  expect(answers.at(-1)).toBe('');
});

test('stopping drains everything and leaves no process behind', async () => {
  const status = JSON.parse((await product.ortoo('status', '--json')).output) as StartedProduct['status'];
  expect(await product.stop()).toBe(0);
  for (const { pid } of [status.gateway, ...Object.values(status.services)]) {
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  }
});
