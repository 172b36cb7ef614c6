import { type Company, type LocalizedText, pickText } from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import { identifier, identifiers, jsonLdFormat, type Node, thing } from './json-ld.ts';

type Location = NonNullable<Company['locations']>[number];
type Credential = NonNullable<Company['certificates']>[number];

export const companyJsonLd = jsonLdFormat<Company>(organizationOf);

/** A company as an Organization of schema.org, in the language of its `display`. */
function organizationOf(company: Company, origin: string): Node {
  const { id, display, legalName, websites = [], socials = [], locations = [], relations = [] } = company;
  const url = addressOf(origin, 'companies', id);
  const seat = locations.find(({ kind }) => kind === 'hq') ?? locations[0];
  const related = (type: string) =>
    relations.filter((one) => one.type === type).map(({ companyId }) => referTo(companyId, origin));
  return thing(company.legalForm === 'ngo' ? 'NGO' : 'Organization', {
    '@id': url,
    identifier: [
      ...identifiers(id, company.externalIds),
      ...(company.registrationNumber ? [identifier('registrationNumber', company.registrationNumber)] : []),
    ],
    name: display.name,
    alternateName: otherNames(company),
    legalName: legalName && pickText(legalName, display.lang)?.text,
    description: textIn(company, company.description) ?? display.summary,
    url: websites[0] ?? url,
    mainEntityOfPage: url,
    sameAs: [...websites.slice(1), ...socials],
    logo: company.logoUrl,
    foundingDate: company.foundedYear === undefined ? undefined : String(company.foundedYear),
    numberOfEmployees: company.employeeBand && employees(company.employeeBand),
    address: seat && postalAddress(company, seat.address),
    telephone: seat?.phones?.map(phoneNumber),
    location: locations.map((location) => placeOf(company, location)),
    contactPoint: contactPoints(company),
    knowsLanguage: company.languages,
    areaServed: company.exportMarkets,
    knowsAbout: [company.categories.primary, ...(company.categories.secondary ?? [])].map((code) =>
      addressOf(origin, 'categories', code),
    ),
    hasCertification: [...(company.certificates ?? []), ...(company.licences ?? [])].map(certification),
    parentOrganization: [...related('parent'), ...related('branch_of')],
    subOrganization: related('subsidiary'),
  });
}

const referTo = (id: string, origin: string) => thing('Organization', { '@id': addressOf(origin, 'companies', id) });

const textIn = ({ display }: Company, text: LocalizedText | undefined) => text && pickText(text, display.lang)?.text;

function otherNames({ displayName, altNames = [], display }: Company): string[] {
  const names = [displayName, ...altNames].flatMap((name) => Object.values(name));
  return [...new Set(names)].filter((name) => name !== display.name);
}

/** `10-49` or `1000+`. */
function employees(band: string): Node {
  const [minValue, maxValue] = band.split(/[-+]/).map(Number);
  return thing('QuantitativeValue', { minValue, maxValue: maxValue || undefined });
}

const phoneNumber = ({ e164, raw }: { e164?: string | undefined; raw: string }) => e164 ?? raw;

function postalAddress(company: Company, address: Location['address']): Node {
  const { country, region, district, street, building, postcode, freeform } = address;
  return thing('PostalAddress', {
    addressCountry: country,
    addressRegion: region,
    addressLocality: district,
    streetAddress: [street, building, textIn(company, freeform)].filter(Boolean).join(', '),
    postalCode: postcode,
  });
}

function placeOf(company: Company, { kind, address, geo, phones = [] }: Location): Node {
  return thing('Place', {
    description: kind,
    address: postalAddress(company, address),
    geo: geo && thing('GeoCoordinates', { latitude: geo.lat, longitude: geo.lon }),
    telephone: phones.map(phoneNumber),
  });
}

/** Those who may be told to anybody, whoever asks: what is published as linked data is passed on. */
function contactPoints({ contacts = [] }: Company): Node[] {
  return contacts
    .filter((contact) => contact.public === true)
    .map(({ name, role, phone, email }) =>
      thing('ContactPoint', { name, contactType: role, telephone: phone && phoneNumber(phone), email }),
    );
}

function certification({ scheme, number, issuer, validUntil }: Credential): Node {
  return thing('Certification', {
    name: scheme,
    certificationIdentification: number,
    issuedBy: issuer === undefined ? undefined : thing('Organization', { name: issuer }),
    expires: validUntil,
  });
}
