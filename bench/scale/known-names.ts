import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A real name with its legal form and registration number. */
export type KnownName = { name: string; form: string; registrationNumber: string };
/** A query by which a name is looked for; `form` says how it is typed. */
export type KnownItem = { form: string; query: string };

/** The company names of the evaluation data, in their order. The data stay where they are. */
export function readNames(folder: string): KnownName[] {
  const text = gunzipSync(readFileSync(join(folder, 'mongolian/company-names.csv.gz'))).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', form = '', registrationNumber = ''] = line.split('|');
      return { name, form, registrationNumber };
    });
}

/** Queries for some of the names in each form, spread over the whole file. */
export function readKnownItems(folder: string, each: number): KnownItem[] {
  const lines = readFileSync(join(folder, 'knownitem/knownitem-seed1.jsonl'), 'utf8').split('\n').filter(Boolean);
  const byForm = new Map<string, KnownItem[]>();
  for (const { form, query } of lines.map((line) => JSON.parse(line) as KnownItem))
    byForm.set(form, [...(byForm.get(form) ?? []), { form, query }]);
  return [...byForm.values()].flatMap((items) => {
    const step = Math.max(1, Math.floor(items.length / each));
    return items.filter((_, place) => place % step === 0).slice(0, each);
  });
}
