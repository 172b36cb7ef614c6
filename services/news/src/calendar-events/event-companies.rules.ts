import type { CalendarEventInput, CalendarEventState, RuleFault } from '@ortoo/shared/contracts';

/** What is known of the companies that a body names: all that exist, and those that the public sees. */
export type CompaniesSeen = { known: ReadonlySet<string>; shown: ReadonlySet<string> };
type Naming = Pick<CalendarEventInput, 'organiser' | 'exhibitors'>;
type Named = Pick<CalendarEventState, 'companyIds' | 'shownCompanyIds'>;

/** The companies that an event names, each once: the organiser first. */
export function companiesIn({ organiser, exhibitors = [] }: Naming): string[] {
  const all = [organiser?.companyId, ...exhibitors.map(({ companyId }) => companyId)];
  return [...new Set(all.filter((id) => id !== undefined))];
}

/** Which companies an event names, and which of them its readers may see. */
export function settleCompanies(naming: Naming, { shown }: CompaniesSeen): Named {
  const companyIds = companiesIn(naming);
  return { companyIds, shownCompanyIds: companyIds.filter((id) => shown.has(id)) };
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
