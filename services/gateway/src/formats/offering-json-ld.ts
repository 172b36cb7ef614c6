import { type Offering, pickText } from '@ortoo/shared/contracts';
import { addressOf } from './addresses.ts';
import { identifier, identifiers, jsonLdFormat, type Node, thing } from './json-ld.ts';

export const offeringJsonLd = jsonLdFormat<Offering>((offering, origin) =>
  offering.offeringKind === 'service' ? serviceOf(offering, origin) : productOf(offering, origin),
);

export const availabilities: Record<NonNullable<Offering['availability']>, string> = {
  in_stock: 'InStock',
  limited: 'LimitedAvailability',
  out_of_stock: 'OutOfStock',
  pre_order: 'PreOrder',
  back_order: 'BackOrder',
  made_to_order: 'MadeToOrder',
  discontinued: 'Discontinued',
};
const conditions: Record<NonNullable<Offering['condition']>, string> = {
  new: 'NewCondition',
  used: 'UsedCondition',
  refurbished: 'RefurbishedCondition',
  damaged: 'DamagedCondition',
};
export const termOf = (terms: Record<string, string>, value: string | undefined) =>
  value === undefined ? undefined : `https://schema.org/${terms[value]}`;

function productOf(offering: Offering, origin: string): Node {
  const { gtin, hsCode, documents = [] } = offering;
  return thing('Product', {
    ...shared(offering, origin),
    sku: offering.sku,
    model: offering.model,
    ...(gtin === undefined ? {} : { [`gtin${gtin.length}`]: gtin }),
    countryOfOrigin: offering.originCountry && thing('Country', { name: offering.originCountry }),
    additionalProperty: [...(hsCode ? [identifier('hsCode', hsCode)] : []), ...attributesOf(offering)],
    subjectOf: documents.map(({ url, title, language }) =>
      thing('DigitalDocument', { url, name: title, inLanguage: language }),
    ),
    offers: offerOf(offering, origin),
  });
}

function serviceOf(offering: Offering, origin: string): Node {
  return thing('Service', {
    ...shared(offering, origin),
    serviceType: offering.categories.primary,
    provider: sellerOf(offering, origin),
    offers: { ...offerOf(offering, origin), ...thing('Offer', { additionalProperty: attributesOf(offering) }) },
  });
}

function shared(offering: Offering, origin: string): Node {
  const { id, display, description, brand, mediaUrls, categories, externalIds } = offering;
  const url = addressOf(origin, 'offerings', id);
  return {
    '@id': url,
    url,
    identifier: identifiers(id, externalIds),
    name: display.name,
    description: (description && pickText(description, display.lang)?.text) ?? display.summary,
    category: [categories.primary, ...(categories.secondary ?? [])],
    brand: brand === undefined ? undefined : thing('Brand', { name: brand }),
    image: mediaUrls,
  };
}

function sellerOf({ companyId, companyName, display }: Offering, origin: string): Node {
  return thing('Organization', {
    '@id': addressOf(origin, 'companies', companyId),
    name: pickText(companyName, display.lang)?.text,
  });
}

const attributesOf = ({ attributes = {} }: Offering) =>
  Object.entries(attributes).map(([name, value]) => thing('PropertyValue', { name, value }));

/** What it costs: a price, a range, or, on request, nothing that could be told. */
function offerOf(offering: Offering, origin: string): Node {
  const { id, unit, minOrderQty, leadTimeDays } = offering;
  return thing('Offer', {
    url: addressOf(origin, 'offerings', id),
    seller: sellerOf(offering, origin),
    availability: termOf(availabilities, offering.availability),
    itemCondition: termOf(conditions, offering.condition),
    validFrom: offering.validFrom,
    validThrough: offering.validTo,
    eligibleQuantity:
      minOrderQty === undefined ? undefined : thing('QuantitativeValue', { minValue: minOrderQty, unitText: unit }),
    deliveryLeadTime:
      leadTimeDays === undefined ? undefined : thing('QuantitativeValue', { value: leadTimeDays, unitCode: 'DAY' }),
    ...pricesOf(offering),
  });
}

function pricesOf({ price, priceRange, unit }: Offering): Node {
  if (priceRange) {
    const { min: minPrice, max: maxPrice, currency: priceCurrency } = priceRange;
    return { priceSpecification: thing('PriceSpecification', { minPrice, maxPrice, priceCurrency }) };
  }
  if (!price) return {};
  const { amount, currency: priceCurrency, per = unit } = price;
  const perUnit = thing('UnitPriceSpecification', { price: amount, priceCurrency, unitText: per });
  return { price: amount, priceCurrency, ...(per === undefined ? {} : { priceSpecification: perUnit }) };
}
