import { expect, it } from 'vitest';
import { pickFields } from './fields.ts';

const company = {
  id: 'company_1',
  kind: 'company',
  v: 7,
  name: { mn: 'Говь', en: 'Gobi' },
  locations: [
    { kind: 'hq', address: { region: 'MN-053', street: 'a' } },
    { kind: 'site', address: { region: 'MN-1' } },
  ],
  summary: null,
};
const identity = { id: 'company_1', kind: 'company', v: 7 };

it('without names a document is whole', () => {
  expect(pickFields(company, undefined)).toBe(company);
});

it('id, kind and v are there whatever was picked', () => {
  expect(pickFields(company, ['summary'])).toEqual({ ...identity, summary: null });
  expect(pickFields(company, ['__proto__', 'constructor'])).toEqual(identity);
});

it('a dotted name picks inside a member, and inside each item of a list', () => {
  expect(pickFields(company, ['name.mn', 'locations.address.region'])).toEqual({
    ...identity,
    name: { mn: 'Говь' },
    locations: [{ address: { region: 'MN-053' } }, { address: { region: 'MN-1' } }],
  });
});

it('a member that is also picked whole is whole, whichever name came first', () => {
  for (const names of [
    ['name', 'name.mn'],
    ['name.mn', 'name'],
  ])
    expect(pickFields(company, names)).toEqual({ ...identity, name: company.name });
});

it('the members stay in the order of the document', () => {
  expect(Object.keys(pickFields(company, ['summary', 'name']))).toEqual(['id', 'kind', 'v', 'name', 'summary']);
});
