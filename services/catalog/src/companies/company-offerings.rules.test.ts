import { expect, test } from 'vitest';
import { requireNoOfferings } from './company-offerings.rules.ts';

test.each([
  [1, 'has 1 offering;'],
  [10_000, 'has 10000 offerings;'],
])('a company with %i offerings is not deleted, and their number is told', (offerings, said) => {
  expect(() => requireNoOfferings('company_1', offerings)).toThrow(
    expect.objectContaining({
      code: 'CONFLICT',
      reason: 'company.has-offerings',
      message: expect.stringContaining(said),
      details: { uses: { offerings } },
    }),
  );
});

test('a company without offerings may be deleted', () => {
  expect(() => requireNoOfferings('company_1', 0)).not.toThrow();
});
