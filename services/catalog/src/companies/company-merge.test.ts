import { AppError, systemClock } from '@ortoo/shared/kernel';
import { refusal, testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import type { CompanyStore } from './company.store.ts';
import { createMerging } from './company-merge.ts';

const [copy, stays] = ['company_01h455vb4pex5vsknk084sn02q', 'company_01h455vb4pex5vsknk084sn02r'];

/** A database that goes away between the write and the look after it cannot be had on demand: it is played. */
function playedCompanies({ readsUntilAway }: { readsUntilAway: number }) {
  let reads = 0;
  const played: Partial<CompanyStore> = {
    find: async (_ctx, id) => {
      reads += 1;
      if (reads > readsUntilAway) throw AppError.unavailable('catalog.database-away', 'MongoDB does not answer.');
      return { id, v: 1, state: {} } as never;
    },
    change: async (_ctx, { id }) => ({ id, v: 2, state: { mergedInto: stays } }) as never,
  };
  return played as CompanyStore;
}

test.each([
  ['before it is written did surely not happen', 1, 'UNAVAILABLE'],
  ['after it was written may have happened', 2, 'TIMEOUT'],
])('a merge that fails %s', async (_when, readsUntilAway, code) => {
  const { merge } = createMerging({ companies: playedCompanies({ readsUntilAway }), clock: systemClock });
  expect(await refusal(merge(testContext(), { id: copy, into: stays, lang: 'en' }))).toMatchObject({ code });
});
