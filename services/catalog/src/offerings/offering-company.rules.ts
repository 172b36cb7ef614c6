import {
  isSameJson,
  type LocalizedText,
  moveDocument,
  type OfferingState,
  type RuleFault,
  type Stamp,
  touch,
} from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';

/** What an offering has to know of its company. */
export type CompanyFacts = {
  id: string;
  v: number;
  visible: boolean;
  name: LocalizedText;
  /** The company that stays, where this one was merged into it: what was offered by the copy is offered by that one. */
  heir?: CompanyFacts;
};

type Known = { id: string; v: number; visible: boolean; state: { displayName: LocalizedText } };
type Copies = Pick<OfferingState, 'companyId' | 'companyName' | 'companyVisible' | 'companyV'>;

/** What of a company, and of the one that it was merged into, an offering has to know. */
export function factsOf({ id, v, visible, state }: Known, heir?: Known): CompanyFacts {
  return { id, v, visible, name: state.displayName, ...(heir ? { heir: factsOf(heir) } : {}) };
}

/** The company whose the offerings are: itself, or the one that it was merged into. */
export function ownerOf(company: CompanyFacts): CompanyFacts {
  return company.heir ?? company;
}

/** What is copied of a company into its offerings. */
function copiesOf(company: CompanyFacts): Copies {
  const { id, v, visible, name } = ownerOf(company);
  return { companyId: id, companyName: name, companyVisible: visible, companyV: v };
}

/**
 * The copies of the company that a body names, or of the one that it was merged into; a fault when there is none, since
 * an offering is always somebody's.
 */
export function settleCompany(
  companyId: string,
  company: CompanyFacts | undefined,
): { copies: Copies; faults: RuleFault[] } {
  if (company?.id === companyId) return { copies: copiesOf(company), faults: [] };
  return {
    copies: { companyId, companyName: {}, companyVisible: false, companyV: 1 },
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

/**
 * An offering as its company has it follow: the copies are the company's, it goes along where that was merged into
 * another, and what was published by a company that the public no longer sees is archived. The state itself when that
 * holds already, when it belongs to another company, or when its copies are of a newer version. Without a company (it
 * was deleted) the name stays as it was.
 */
export function followCompany(state: OfferingState, company: CompanyFacts | undefined, stamp: Stamp): OfferingState {
  if (company && (company.id !== state.companyId || company.v < state.companyV)) return state;
  const copies = company ? copiesOf(company) : { ...keptCopies(state), companyVisible: false };
  const isRight = isSameJson({ ...copies, companyV: state.companyV }, keptCopies(state));
  const copied = isRight ? state : { ...state, ...copies };
  if (copied.status === 'published' && !copied.companyVisible) return moveDocument(copied, { move: 'archive' }, stamp);
  return touch(state, copied, stamp);
}

/** The copies that an offering has. */
export function keptCopies({ companyId, companyName, companyVisible, companyV }: OfferingState): Copies {
  return { companyId, companyName, companyVisible, companyV };
}
