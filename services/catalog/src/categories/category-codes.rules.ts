import { isRecord, type RuleFault } from '@ortoo/shared/contracts';

type Categories = { primary: string; secondary?: string[] };

/** The category codes that an unchecked body names, to be looked up before the decision. */
export function categoryCodesIn(body: { categories?: unknown }): string[] {
  const { primary, secondary } = isRecord(body.categories) ? body.categories : {};
  const codes: unknown[] = [primary, ...(Array.isArray(secondary) ? secondary.slice(0, 5) : [])];
  return codes.filter((code) => typeof code === 'string');
}

/** The codes of what stands in the member `categories` of any kind: a list, or a first one with others. */
export function codesIn(categories: unknown): string[] {
  const codes: unknown[] = Array.isArray(categories)
    ? categories
    : isRecord(categories)
      ? Object.values(categories)
      : [];
  return codes.flat().filter((code) => typeof code === 'string');
}

export function codesOf({ primary, secondary = [] }: Categories): string[] {
  return [primary, ...secondary];
}

/** The faults of codes that no category has, under the reason of the kind that names them. */
export function categoryFaults(categories: Categories, known: ReadonlySet<string>, reason: string): RuleFault[] {
  return codesOf(categories).flatMap((code, place) => {
    if (known.has(code)) return [];
    const pointer = place === 0 ? '/categories/primary' : `/categories/secondary/${place - 1}`;
    return [{ pointer, message: `there is no category ${code}`, expected: 'the code of a category', reason }];
  });
}
