import type { CompanyInput, RuleFault } from '@ortoo/shared/contracts';

type Credential = NonNullable<CompanyInput['certificates']>[number];

/** The faults of certificates and licences that are listed again: the same scheme, number and issuer. */
export function credentialFaults({ certificates = [], licences = [] }: CompanyInput): RuleFault[] {
  return [...repeatedFaults(certificates, '/certificates'), ...repeatedFaults(licences, '/licences')];
}

function repeatedFaults(credentials: Credential[], pointer: string): RuleFault[] {
  const names = credentials.map(({ scheme, number, issuer }) => JSON.stringify([scheme, number, issuer]));
  return names.flatMap((name, place) => {
    const first = names.indexOf(name);
    if (first === place) return [];
    const message = `says the same as ${pointer}/${first}`;
    const expected = 'each scheme, number and issuer once';
    return [{ pointer: `${pointer}/${place}`, message, expected, reason: 'company.credential-repeated' }];
  });
}
