import { CompanyInput, createParser } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import { credentialFaults } from './company-credentials.rules.ts';

const least = { displayName: { mn: 'Говь' }, categories: { primary: 'blasting' } };
const iso = { scheme: 'ISO 9001', number: '12-3', issuer: 'MASM', validUntil: '2020-02-29' };

test('one that has run out is kept as it is, and the same scheme may be held under two numbers', () => {
  const certificates = [iso, { ...iso, number: '12-4' }, { scheme: 'ISO 9001' }];
  expect(credentialFaults({ ...least, certificates, licences: certificates })).toEqual([]);
});

test('what is listed again is refused at its place, whatever its end', () => {
  const licences = [iso, { scheme: 'Mining' }, { ...iso, validUntil: '2030-01-01' }];
  expect(credentialFaults({ ...least, certificates: [iso, iso], licences })).toEqual([
    {
      pointer: '/certificates/1',
      message: 'says the same as /certificates/0',
      expected: 'each scheme, number and issuer once',
      reason: 'company.credential-repeated',
    },
    {
      pointer: '/licences/2',
      message: 'says the same as /licences/0',
      expected: 'each scheme, number and issuer once',
      reason: 'company.credential-repeated',
    },
  ]);
});

const parse = createParser(CompanyInput, 'company.invalid');

test.each([
  [{ certificates: [{ number: '1' }] }, '/certificates/0/scheme', 'is missing', 'a value'],
  [
    { certificates: [{ scheme: ' ' }] },
    '/certificates/0/scheme',
    'is not in the expected form',
    'a text that is not blank',
  ],
  [
    { licences: [{ scheme: 'A', validUntil: '2026-02-30' }] },
    '/licences/0/validUntil',
    'is not in the expected form',
    'a day, such as 2026-10-07',
  ],
  [
    { licences: [{ scheme: 'A', validTo: '2026-02-20' }] },
    '/licences/0/validTo',
    'is not a known member',
    'one of scheme, number, issuer, validUntil',
  ],
  [
    { operatingStatus: 'closed' },
    '/operatingStatus',
    'is not one of the allowed values',
    'one of open, temporarily_closed, permanently_closed',
  ],
  [
    { verification: { level: 'phoned' } },
    '/verification/level',
    'is not one of the allowed values',
    'one of none, email, phone, document, onsite',
  ],
  [{ verification: {} }, '/verification/level', 'is missing', 'a value'],
  [
    { relations: [{ type: 'owner', companyId: 'company_01h455vb4pex5vsknk084sn02q' }] },
    '/relations/0/type',
    'is not one of the allowed values',
    'one of parent, subsidiary, branch_of, partner, distributor_of',
  ],
  [
    { relations: [{ type: 'parent', companyId: 'offering_01h455vb4pex5vsknk084sn02q' }] },
    '/relations/0/companyId',
    'is not in the expected form',
    'the id of a company',
  ],
  [{ registrationNumber: '512345' }, '/registrationNumber', 'is not in the expected form', 'seven digits'],
  [{ registrationNumber: '51234567' }, '/registrationNumber', 'is not in the expected form', 'seven digits'],
  [{ registrationNumber: '512345a' }, '/registrationNumber', 'is not in the expected form', 'seven digits'],
  [
    { legalForm: 'gmbh' },
    '/legalForm',
    'is not one of the allowed values',
    'one of llc, jsc, ngo, coop, nbfi, state, rep_office, other',
  ],
])('%j is refused at %s: %s', (members, pointer, message, expected) => {
  expect(() => parse({ ...least, ...members })).toThrow(
    expect.objectContaining({
      code: 'VALIDATION_FAILED',
      reason: 'company.invalid',
      details: { errors: [{ pointer, message, expected }] },
    }),
  );
});
