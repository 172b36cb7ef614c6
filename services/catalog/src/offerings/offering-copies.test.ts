import type { OfferingState } from '@ortoo/shared/contracts';
import { AppError, systemClock } from '@ortoo/shared/kernel';
import type { Stored } from '@ortoo/shared/outbox';
import { testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import type { CompanyStore } from '../companies/company.store.ts';
import type { OfferingStore } from './offering.store.ts';
import { createOfferingCopies } from './offering-copies.actions.ts';

/** A database that goes away between a write and the look after it cannot be had on demand: it is played. */
const away = async () => {
  throw AppError.unavailable('catalog.database-away', 'MongoDB does not answer.');
};

test('an offering that was published is answered so, also when its company cannot be read right after', async () => {
  const ctx = testContext();
  const companies: Partial<CompanyStore> = { find: away };
  const copies = createOfferingCopies({
    companies: companies as CompanyStore,
    offerings: {} as OfferingStore,
    clock: systemClock,
    log: ctx.log,
  });
  const published = { id: 'offering_1', v: 2, state: { status: 'published' } } as Stored<OfferingState>;
  expect(await copies.settle(ctx, published)).toBe(published);
});
