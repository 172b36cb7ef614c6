import type { FoundMention } from './article-mentions.rules.ts';
import { indexName } from './company-names.rules.ts';
import type { KeptCompany } from './company-names.store.ts';
import { findNames } from './find-mentions.rules.ts';
import { createNameTable } from './name-table.ts';

/** Companies by what they are called, in memory. */
export type CompanyIndex = {
  /** Takes in what is so now of a company, unless something newer is known of it. */
  put(company: KeptCompany): void;
  /** Whether a company was taken in at this version or a newer one. */
  knows(id: string, v: number): boolean;
  find(text: string): FoundMention[];
  sizes(): { companies: number; names: number; dropped: number; bytes: number };
};

export function createCompanyIndex(): CompanyIndex {
  const table = createNameTable();
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  const versions: number[] = [];
  const hidden = new Set<number>();

  function numberOf(id: string): number {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    const number = ids.push(id) - 1;
    numbers.set(id, number);
    versions.push(0);
    return number;
  }

  return {
    put: ({ id, v, visible, names }) => {
      const number = numberOf(id);
      if ((versions[number] ?? 0) >= v) return;
      versions[number] = v;
      table.drop(number);
      if (!visible) {
        hidden.add(number);
        return;
      }
      hidden.delete(number);
      for (const name of names) {
        const indexed = indexName(name);
        if (indexed) table.add(number, indexed);
      }
    },
    knows: (id, v) => (versions[numbers.get(id) ?? -1] ?? 0) >= v,
    find: (text) =>
      findNames(text, table).flatMap(({ company, span, confidence }) => {
        const companyId = ids[company];
        return companyId === undefined ? [] : [{ companyId, text: text.slice(...span), span, confidence }];
      }),
    sizes: () => ({ companies: ids.length - hidden.size, ...table.sizes() }),
  };
}
