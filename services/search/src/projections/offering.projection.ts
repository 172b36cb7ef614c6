import { type LocalizedText, type OfferingState, sortNameOf } from '@ortoo/shared/contracts';
import type { ProjectedState } from './index-document.ts';
import { projectLife } from './projected-life.ts';
import { compact, distinct, joinText, projectNames, projectText } from './projected-text.ts';

/**
 * What search keeps of an offering. Its company's name is not a name of its own: the company that is called so comes
 * before what it offers.
 */
export function projectOffering(id: string, state: OfferingState): ProjectedState {
  const { name, summary, description, categories, companyName } = state;
  const names = projectNames([name]);
  return compact<ProjectedState>({
    ...projectLife(state),
    quality: 0,
    name_all: names,
    title: projectText(name),
    summary: projectText(summary),
    body: joinText(projectText(description), projectText(makeOf(state))),
    codes: codesOf(id, state),
    categories: distinct([categories.primary, ...(categories.secondary ?? [])]),
    companyId: state.companyId,
    companyName: projectNames([companyName]),
    offeringKind: state.offeringKind,
    availability: state.availability,
    price: priceOf(state),
    sortName: sortNameOf(names[0] ?? ''),
    display: { name, ...(summary ? { summary } : {}) },
  });
}

/** Amounts as numbers, so that they compare; 15 digits of them are exact. */
function priceOf({ price, priceRange }: OfferingState): ProjectedState['price'] {
  if (price) return { currency: price.currency, min: Number(price.amount), max: Number(price.amount) };
  if (!priceRange) return undefined;
  return { currency: priceRange.currency, min: Number(priceRange.min), max: Number(priceRange.max) };
}

/** Brand and model are words of no language; English reads them as they are. */
function makeOf({ brand, model }: OfferingState): LocalizedText {
  const words = [brand, model].filter((word) => word !== undefined).join(' ');
  return words === '' ? {} : { en: words };
}

/** Whatever somebody may copy from a shelf, a catalogue or a customs form, matched whole. */
function codesOf(id: string, { sku, model, gtin, hsCode, externalIds = [] }: OfferingState): string[] {
  const outside = externalIds.flatMap(({ system, value }) => [`${system}:${value}`, value]);
  return [...new Set([id, sku, model, gtin, hsCode, ...outside])].filter((code) => code !== undefined);
}
