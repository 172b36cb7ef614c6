import { shiftInstant, systemClock, typeIds } from '@ortoo/shared/kernel';
import { describeScheduleConformance, eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCatalog, openCatalogPlace, type TestCatalog } from './support/catalog.ts';

describeScheduleConformance({
  open: openCatalogPlace,
  service: 'catalog',
  kind: 'company',
  input: (n) => ({ displayName: { en: `Planned ${n} LLC` }, categories: { primary: 'construction' } }),
});

let catalog: TestCatalog;
beforeAll(async () => {
  catalog = await openCatalog();
});
afterAll(() => catalog?.close());

test('an offering whose company is not published at the planned instant is a draft again', async () => {
  const company = await catalog.create({ displayName: { en: 'Late' }, categories: { primary: 'construction' } });
  const input = {
    offeringKind: 'product',
    companyId: company.id,
    name: { en: 'Cement' },
    categories: { primary: 'construction' },
    onRequest: true,
  };
  const id = typeIds.next('offering');
  await catalog.write('rpc.catalog.offering.create', { id, input });
  const body = { publishAt: shiftInstant(systemClock.now(), 400) };
  await catalog.write('rpc.catalog.offering.move', { id, move: 'schedule', body });
  const back = await eventually(async () => {
    const read = await catalog.read('rpc.catalog.offering.get', { ref: id });
    return read.body.v >= 3 && read.body;
  });
  expect(back).toMatchObject({ v: 3, status: 'draft', updatedBy: 'schedule' });
});
