import { type CompanyState, type LocalizedText, sortNameOf } from '@ortoo/shared/contracts';
import type { ProjectedState } from './index-document.ts';
import { projectLife } from './projected-life.ts';
import { compact, distinct, projectNames, projectText } from './projected-text.ts';

/** What search keeps of a company. */
export function projectCompany(id: string, state: CompanyState): ProjectedState {
  const { displayName, legalName, altNames = [], categories, locations = [] } = state;
  const names = projectNames([displayName, legalName, ...altNames]);
  return compact<ProjectedState>({
    ...projectLife(state),
    quality: state.quality.score,
    name_all: names,
    title: projectText(withoutForms(displayName)),
    summary: projectText(state.summary),
    body: projectText(state.description),
    codes: codesOf(id, state),
    categories: [...new Set([categories.primary, ...(categories.secondary ?? [])])],
    region: distinct(locations.map(({ address }) => address.region)),
    district: distinct(locations.map(({ address }) => address.district)),
    legalForm: state.legalForm,
    supplierTypes: distinct(state.supplierTypes ?? []),
    verification: state.verification?.level ?? 'none',
    location: placesOf(state),
    language: distinct(state.languages ?? []),
    sortName: sortNameOf(names[0] ?? ''),
    display: { name: displayName, ...(state.summary ? { summary: state.summary } : {}) },
  });
}

function placesOf({ locations = [] }: CompanyState): ProjectedState['location'] {
  const places = locations.flatMap(({ geo }) => (geo ? [geo] : []));
  return places.length > 0 ? places : undefined;
}

function withoutForms(name: LocalizedText): LocalizedText {
  return Object.fromEntries(Object.entries(name).map(([tag, text]) => [tag, projectNames([{ en: text }])[0] ?? text]));
}

/** Numbers are kept as written and as bare digits; a phone also without the country's code. */
function codesOf(id: string, { registrationNumber, externalIds = [], locations = [] }: CompanyState): string[] {
  const phones = locations.flatMap(({ phones: listed = [] }) => listed.map(({ raw, e164 }) => digitsOf(e164 ?? raw)));
  const outside = externalIds.flatMap(({ system, value }) => [`${system}:${value}`, value]);
  const national = phones.map((phone) => phone.replace(/^976(?=\d{8}$)/, ''));
  return [...new Set([id, registrationNumber ?? '', ...outside, ...phones, ...national])].filter((code) => code !== '');
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
