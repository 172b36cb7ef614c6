import type { LocalizedText, OfferingState, RuleFault } from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';

/** What an offering has to know of its company. */
export type CompanyFacts = { id: string; v: number; visible: boolean; name: LocalizedText };

type Copies = Pick<OfferingState, 'companyName' | 'companyVisible' | 'companyV'>;

/** What is copied of a company into its offerings. */
function copiesOf({ v, visible, name }: CompanyFacts): Copies {
  return { companyName: name, companyVisible: visible, companyV: v };
}

/** The copies of the company that a body names; a fault when there is none, since an offering is always somebody's. */
export function settleCompany(
  companyId: string,
  company: CompanyFacts | undefined,
): { copies: Copies; faults: RuleFault[] } {
  if (company?.id === companyId) return { copies: copiesOf(company), faults: [] };
  return {
    copies: { companyName: {}, companyVisible: false, companyV: 1 },
    faults: [
      {
        pointer: '/companyId',
        message: `there is no company ${companyId}`,
        expected: 'the id of a company',
        reason: 'offering.company-unknown',
      },
    ],
  };
}

/** Throws CONFLICT `offering.company-not-published` for a published offering of a company that the public does not see. */
export function requirePublishedCompany({ status, companyId, companyVisible }: OfferingState): void {
  if (status === 'published' && !companyVisible) throw companyNotPublished(companyId);
}

export function companyNotPublished(companyId: string): AppError {
  return AppError.conflict(
    'offering.company-not-published',
    `The company ${companyId} is not published; a published offering needs a published company.`,
  );
}
