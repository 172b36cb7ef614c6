import type { RuleFault, Verification } from '@ortoo/shared/contracts';
import { AppError, type Instant, parseInstant } from '@ortoo/shared/kernel';

const PUBLISH = 'catalog:publish';

/** Whether a caller with these scopes may say how well a company is verified. */
export function mayVerify(scopes: readonly string[]): boolean {
  return scopes.includes(PUBLISH) || scopes.includes('admin');
}

type Settling = { before?: Verification | undefined; isAllowed: boolean; now: Instant };
type Settled = { verification?: Verification; faults: RuleFault[] };

/**
 * The verification after a write. A level that changes without a time of its own is checked now. Throws FORBIDDEN
 * `company.verification-forbidden` when it differs from what is stored and the caller may not say so: trust is not
 * given to oneself.
 */
export function settleVerification(next: Verification | undefined, { before, isAllowed, now }: Settling): Settled {
  const told = next?.checkedAt === undefined ? undefined : parseInstant(next.checkedAt);
  const isTold = next?.checkedAt !== undefined && (told === undefined || told !== before?.checkedAt);
  const isSameLevel = (next?.level ?? 'none') === (before?.level ?? 'none');
  if (isSameLevel && !isTold) return { ...(next ? { verification: before ?? next } : {}), faults: [] };
  if (!isAllowed) throw forbidden();
  if (!next) return { faults: [] };
  const checkedAt = isTold && told !== undefined ? told : now;
  return { verification: { level: next.level, checkedAt }, faults: isTold ? checkFaults(told, now) : [] };
}

function checkFaults(checkedAt: Instant | undefined, now: Instant): RuleFault[] {
  if (checkedAt !== undefined && checkedAt <= now) return [];
  const message = checkedAt === undefined ? 'is no instant that can be compared' : 'lies in the future';
  return [
    { pointer: '/verification/checkedAt', message, expected: `at most ${now}`, reason: 'company.checked-at-invalid' },
  ];
}

function forbidden(): AppError {
  return new AppError(
    'FORBIDDEN',
    'company.verification-forbidden',
    `Only who has the scope ${PUBLISH} may change how well a company is verified.`,
    { details: { required: [PUBLISH] } },
  );
}
