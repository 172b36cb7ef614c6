import type { CalendarEventInput, CalendarEventState, RuleFault, Status } from '@ortoo/shared/contracts';

/**
 * What is known of the companies that a body names and of those that they were merged into: all that exist, those that the
 * public sees, and for a copy the company that stays in the end.
 */
export type CompaniesSeen = {
  known: ReadonlySet<string>;
  shown: ReadonlySet<string>;
  heirs: ReadonlyMap<string, string>;
};
type Naming = Pick<CalendarEventInput, 'organiser' | 'exhibitors'>;
type Named = Naming & Pick<CalendarEventState, 'companyIds' | 'shownCompanyIds'>;

/** The companies that an event names, each once: the organiser first. */
export function companiesIn({ organiser, exhibitors = [] }: Naming): string[] {
  const all = [organiser?.companyId, ...exhibitors.map(({ companyId }) => companyId)];
  return [...new Set(all.filter((id) => id !== undefined))];
}

/** The companies of an event, each once, that stay where they were merged into another, and those that its readers may see. */
export function settleCompanies(given: Naming, { shown, heirs }: CompaniesSeen): Named {
  const naming = companiesIn(given).some((id) => heirs.has(id)) ? withHeirs(given, heirs) : given;
  const { organiser, exhibitors } = naming;
  const companyIds = companiesIn(naming);
  return {
    ...(organiser ? { organiser } : {}),
    ...(exhibitors ? { exhibitors } : {}),
    companyIds,
    shownCompanyIds: companyIds.filter((id) => shown.has(id)),
  };
}

/** An exhibitor whose heir exhibits too is there once. */
function withHeirs({ organiser, exhibitors }: Naming, heirs: CompaniesSeen['heirs']): Naming {
  const heirOf = (id: string) => heirs.get(id) ?? id;
  const ids = new Set(exhibitors?.map(({ companyId }) => heirOf(companyId)));
  const organiserId = organiser?.companyId;
  return {
    ...(organiser
      ? { organiser: organiserId === undefined ? organiser : { ...organiser, companyId: heirOf(organiserId) } }
      : {}),
    ...(exhibitors ? { exhibitors: [...ids].map((companyId) => ({ companyId })) } : {}),
  };
}

/** A company as the catalog tells of it. */
export type FoundCompany = { id: string; status: Status; mergedInto?: string };

/**
 * The same of companies that were found. A copy whose way ends at none that exists, or leads in a circle, has no heir: it
 * keeps what it has.
 */
export function seenOf(found: readonly FoundCompany[]): CompaniesSeen {
  const byId = new Map(found.map((company) => [company.id, company]));
  const heirOf = (copy: FoundCompany) => {
    const passed = new Set<string>();
    let at: FoundCompany | undefined = copy;
    while (at?.mergedInto !== undefined && !passed.has(at.id)) {
      passed.add(at.id);
      at = byId.get(at.mergedInto);
    }
    return at !== undefined && at.mergedInto === undefined && at !== copy ? at.id : undefined;
  };
  const heirs = found.flatMap((copy) => {
    const heir = heirOf(copy);
    return heir === undefined ? [] : [[copy.id, heir] as const];
  });
  return {
    known: new Set(byId.keys()),
    shown: new Set(found.filter(({ status }) => status === 'published').map(({ id }) => id)),
    heirs: new Map(heirs),
  };
}

/** A company that does not exist cannot be named; an organiser is a company or has a name. */
export function companyFaults({ organiser, exhibitors = [] }: Naming, known: ReadonlySet<string>): RuleFault[] {
  const unknown = (id: string, pointer: string): RuleFault[] =>
    known.has(id)
      ? []
      : [
          {
            pointer,
            message: `there is no company ${id}`,
            expected: 'the id of a company',
            reason: 'event.company-unknown',
          },
        ];
  const isNobody = organiser && organiser.companyId === undefined && organiser.name === undefined;
  return [
    ...(isNobody
      ? [
          {
            pointer: '/organiser',
            message: 'is nobody',
            expected: 'companyId or name',
            reason: 'event.organiser-missing',
          },
        ]
      : []),
    ...(organiser?.companyId === undefined ? [] : unknown(organiser.companyId, '/organiser/companyId')),
    ...exhibitors.flatMap(({ companyId }, place) => unknown(companyId, `/exhibitors/${place}/companyId`)),
  ];
}
