import { AppError } from '@ortoo/shared/kernel';

/** Throws CONFLICT `company.has-offerings` with their number: nobody's offerings would be left behind. */
export function requireNoOfferings(companyId: string, offerings: number): void {
  if (offerings === 0) return;
  const what = offerings === 1 ? '1 offering' : `${offerings} offerings`;
  throw AppError.conflict(
    'company.has-offerings',
    `The company ${companyId} has ${what}; delete them, or give them to another company, before it is deleted.`,
    { uses: { offerings } },
  );
}
