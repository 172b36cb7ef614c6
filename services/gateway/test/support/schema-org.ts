/**
 * The part of schema.org (version 29) that we write, as facts of our own: which properties a type has and what each may
 * hold. What is not here is not known, so that a misspelled property fails.
 */
type Holds = 'text' | 'url' | 'date' | 'number' | 'any' | `@${string}`;
type Type = { properties: Record<string, Holds[]>; required?: string[]; parent?: string };

const types: Record<string, Type> = {
  Thing: {
    properties: {
      '@id': ['url'],
      name: ['text'],
      alternateName: ['text'],
      description: ['text'],
      url: ['url'],
      identifier: ['@PropertyValue'],
      image: ['url'],
      sameAs: ['url'],
      mainEntityOfPage: ['url'],
      subjectOf: ['@DigitalDocument'],
    },
  },
  Organization: {
    parent: 'Thing',
    properties: {
      legalName: ['text'],
      logo: ['url'],
      foundingDate: ['date'],
      numberOfEmployees: ['@QuantitativeValue'],
      address: ['@PostalAddress'],
      telephone: ['text'],
      location: ['@Place'],
      contactPoint: ['@ContactPoint'],
      knowsLanguage: ['text'],
      areaServed: ['text'],
      knowsAbout: ['url'],
      hasCertification: ['@Certification'],
      parentOrganization: ['@Organization'],
      subOrganization: ['@Organization'],
    },
  },
  NGO: { parent: 'Organization', required: ['name', 'url', 'identifier'], properties: {} },
  Person: { parent: 'Thing', required: ['name'], properties: {} },
  Brand: { parent: 'Thing', required: ['name'], properties: {} },
  Country: { parent: 'Thing', required: ['name'], properties: {} },
  Place: {
    parent: 'Thing',
    required: ['address'],
    properties: { address: ['@PostalAddress'], geo: ['@GeoCoordinates'], telephone: ['text'] },
  },
  PostalAddress: {
    parent: 'Thing',
    properties: {
      addressCountry: ['text'],
      addressRegion: ['text'],
      addressLocality: ['text'],
      streetAddress: ['text'],
      postalCode: ['text'],
    },
  },
  GeoCoordinates: {
    parent: 'Thing',
    required: ['latitude', 'longitude'],
    properties: { latitude: ['number'], longitude: ['number'] },
  },
  ContactPoint: {
    parent: 'Thing',
    properties: { contactType: ['text'], telephone: ['text'], email: ['text'] },
  },
  Certification: {
    parent: 'Thing',
    required: ['name'],
    properties: { certificationIdentification: ['text'], issuedBy: ['@Organization'], expires: ['date'] },
  },
  PropertyValue: { parent: 'Thing', required: ['value'], properties: { propertyID: ['text'], value: ['any'] } },
  QuantitativeValue: {
    parent: 'Thing',
    properties: {
      minValue: ['number'],
      maxValue: ['number'],
      value: ['number'],
      unitText: ['text'],
      unitCode: ['text'],
    },
  },
  DigitalDocument: { parent: 'Thing', required: ['url'], properties: { inLanguage: ['text'] } },
  DefinedTerm: { parent: 'Thing', required: ['termCode'], properties: { termCode: ['text'] } },
  Product: {
    parent: 'Thing',
    required: ['name', 'offers'],
    properties: {
      category: ['text'],
      brand: ['@Brand'],
      sku: ['text'],
      model: ['text'],
      gtin8: ['text'],
      gtin12: ['text'],
      gtin13: ['text'],
      gtin14: ['text'],
      countryOfOrigin: ['@Country'],
      additionalProperty: ['@PropertyValue'],
      offers: ['@Offer'],
    },
  },
  Service: {
    parent: 'Thing',
    required: ['name', 'provider', 'offers'],
    properties: {
      category: ['text'],
      brand: ['@Brand'],
      serviceType: ['text'],
      provider: ['@Organization'],
      offers: ['@Offer'],
    },
  },
  Offer: {
    parent: 'Thing',
    required: ['seller', 'url'],
    properties: {
      seller: ['@Organization'],
      availability: ['url'],
      itemCondition: ['url'],
      validFrom: ['date'],
      validThrough: ['date'],
      eligibleQuantity: ['@QuantitativeValue'],
      deliveryLeadTime: ['@QuantitativeValue'],
      price: ['text'],
      priceCurrency: ['text'],
      priceSpecification: ['@PriceSpecification'],
      additionalProperty: ['@PropertyValue'],
    },
  },
  PriceSpecification: {
    parent: 'Thing',
    required: ['priceCurrency'],
    properties: { minPrice: ['text'], maxPrice: ['text'], price: ['text'], priceCurrency: ['text'] },
  },
  UnitPriceSpecification: { parent: 'PriceSpecification', properties: { unitText: ['text'] } },
  CreativeWork: {
    parent: 'Thing',
    properties: {
      headline: ['text'],
      inLanguage: ['text'],
      genre: ['text'],
      dateCreated: ['date'],
      datePublished: ['date'],
      dateModified: ['date'],
      author: ['@Person', '@Organization'],
      editor: ['@Person'],
      publisher: ['@Organization'],
      copyrightNotice: ['text'],
      isBasedOn: ['@NewsArticle'],
      about: ['@DefinedTerm'],
      mentions: ['@Organization'],
      citation: ['url'],
      correction: ['@CorrectionComment'],
      translationOfWork: ['@NewsArticle'],
      workTranslation: ['@NewsArticle'],
      text: ['text'],
    },
  },
  Event: {
    parent: 'Thing',
    required: ['name', 'startDate', 'eventStatus'],
    properties: {
      startDate: ['date'],
      endDate: ['date'],
      previousStartDate: ['date'],
      eventStatus: ['url'],
      eventAttendanceMode: ['url'],
      eventSchedule: ['@Schedule'],
      location: ['@Place', '@VirtualLocation'],
      organizer: ['@Organization'],
      contributor: ['@Organization'],
      inLanguage: ['text'],
      offers: ['@Offer'],
      about: ['@DefinedTerm'],
    },
  },
  ExhibitionEvent: { parent: 'Event', properties: {} },
  EducationEvent: { parent: 'Event', properties: {} },
  BusinessEvent: { parent: 'Event', properties: {} },
  VirtualLocation: { parent: 'Thing', required: ['url'], properties: {} },
  Schedule: {
    parent: 'Thing',
    properties: {
      repeatFrequency: ['text'],
      repeatCount: ['number'],
      scheduleTimezone: ['text'],
      exceptDate: ['date'],
    },
  },
  CorrectionComment: { parent: 'CreativeWork', required: ['text', 'datePublished'], properties: {} },
  NewsArticle: {
    parent: 'CreativeWork',
    properties: {
      articleBody: ['text'],
      articleSection: ['text'],
      wordCount: ['number'],
      dateline: ['text'],
    },
  },
  ItemList: {
    parent: 'Thing',
    required: ['itemListElement', '@id'],
    properties: {
      numberOfItems: ['number'],
      itemListOrder: ['url'],
      itemListElement: ['@ListItem'],
    },
  },
  ListItem: { parent: 'Thing', required: ['position', 'item'], properties: { position: ['number'], item: ['@Thing'] } },
};

/** What rich results and readers expect of an article that anybody may read. Source: schema.org, Google's guide to Article. */
const EXPECTED: Record<string, string[]> = {
  NewsArticle: [
    ...['@id', 'url', 'headline', 'datePublished', 'dateModified', 'author', 'publisher'],
    ...['inLanguage', 'mainEntityOfPage', 'identifier'],
  ],
  Organization: ['@id', 'name', 'url', 'identifier', 'mainEntityOfPage', 'knowsAbout'],
};

type Node = Record<string, unknown>;

/** What is wrong with a JSON-LD document of ours, a line each; `types` are those that the outermost node may have. */
export function schemaOrgFaults(document: Node, allowed: string[]): string[] {
  const { '@context': context, ...node } = document;
  const type = String(node['@type']);
  const missing = (EXPECTED[type] ?? []).flatMap((name) => (name in node ? [] : `/${name} is expected of a ${type}`));
  return [
    ...(context === 'https://schema.org' ? [] : [`the context is ${JSON.stringify(context)}`]),
    ...(allowed.includes(type) ? [] : [`the document is a ${type}`]),
    ...missing,
    ...nodeFaults(node, ''),
  ];
}

function nodeFaults(node: Node, at: string): string[] {
  const { '@type': named, ...properties } = node;
  const type = String(named);
  const known = chainOf(type);
  if (known.length === 0) return [`${at} has the unknown type ${type}`];
  const missing = known
    .flatMap(({ required = [] }) => required)
    .flatMap((name) => (name in properties ? [] : `${at}/${name} is missing`));
  const inside = Object.entries(properties).flatMap(([name, value]) => {
    const holds = known.map((one) => one.properties[name]).find((found) => found !== undefined);
    if (!holds) return [`${at}/${name} is no property of ${type}`];
    const values = Array.isArray(value) && !holds.includes('any') ? value : [value];
    if (Array.isArray(value) && value.length === 0) return [`${at}/${name} is empty`];
    return values.flatMap((one, place) => valueFaults(one, holds, `${at}/${name}/${place}`));
  });
  return [...missing, ...inside];
}

function chainOf(name: string): Type[] {
  const type = types[name];
  return type ? [type, ...(type.parent ? chainOf(type.parent) : [])] : [];
}

function valueFaults(value: unknown, holds: Holds[], at: string): string[] {
  if (typeof value === 'object' && value !== null && !holds.includes('any')) {
    const named = String((value as Node)['@type']);
    const fits = holds.some((one) => one === `@${named}` || chainNames(named).includes(one.slice(1)));
    return fits ? nodeFaults(value as Node, at) : [`${at} is a ${named}, not ${holds.join(' or ')}`];
  }
  return holds.some((one) => isValue(value, one))
    ? []
    : [`${at} is ${JSON.stringify(value)}, not ${holds.join(' or ')}`];
}

function chainNames(name: string): string[] {
  const type = types[name];
  return type ? [name, ...(type.parent ? chainNames(type.parent) : [])] : [];
}

const DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

function isValue(value: unknown, holds: Holds): boolean {
  if (holds === 'any') return value !== undefined && value !== null;
  if (holds === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (typeof value !== 'string' || value === '') return false;
  if (holds === 'url') return URL.canParse(value) && /^https?:/.test(value);
  return holds === 'date' ? DATE.test(value) : holds === 'text';
}
