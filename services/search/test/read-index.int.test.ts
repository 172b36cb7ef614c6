import type { TestNamespace } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { indexDefinition } from '../src/index/definition.ts';
import { askElastic } from './ask-elastic.ts';
import type { Neighbours } from './neighbours.ts';
import { openSearch, search } from './running-search.ts';
import { company, idOf } from './states.ts';

let space: TestNamespace;
let neighbours: Neighbours;
let close: (() => Promise<void>) | undefined;

beforeAll(async () => {
  ({ space, neighbours, close } = await openSearch());
});
afterAll(() => close?.());

const elastic = (method: string, path: string, body?: unknown) =>
  askElastic(space.elasticsearchUrl, method, path, body);

test('what is said to be consistent was searched in the index that was asked for it, wherever the alias has moved', async () => {
  const { names, namespace } = space;
  const id = idOf('company', 1);
  await neighbours.publish('company', id, { state: company({ en: 'Steady' }) });
  const waitFor = [`${id}:1`];
  expect(await search(neighbours, 'steady', { waitFor })).toMatchObject({ consistent: true, items: [{ id }] });
  const elsewhere = `${namespace}-elsewhere`;
  await elastic('PUT', `/${elsewhere}`, indexDefinition);
  const move = [
    { remove: { index: names.physicalIndex(1), alias: names.readAlias } },
    { add: { index: elsewhere, alias: names.readAlias } },
  ];
  await elastic('POST', '/_aliases', { actions: move });
  for (let n = 0; n < 10; n += 1) {
    expect(await search(neighbours, 'steady', { waitFor })).toMatchObject({ consistent: true, items: [{ id }] });
  }
});
