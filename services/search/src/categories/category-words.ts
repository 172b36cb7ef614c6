import type { Bus, Listening } from '@ortoo/shared/bus';
import { type CategoryState, type LocalizedText, nearestName } from '@ortoo/shared/contracts';
import { AppError, type Logger, type Part, pause } from '@ortoo/shared/kernel';
import type { Token } from '../index/freshness.ts';
import type { Owners } from '../owners.client.ts';
import type { ChangeData } from '../projections/index-document.ts';
import { buildLexicon, findIntent, type Lexicon, type MeantCategory } from '../query/category-intent.ts';
import { createCategoryLoad } from './category-load.ts';

const POLL_MS = 20;

export type CategoryWords = Part & {
  /** The categories that the words of a query name; none while nothing has been loaded. */
  find(words: string[]): MeantCategory[];
  /** The codes and those of their sub-categories. Throws VALIDATION_FAILED for a code that no category has. */
  expand(codes: string[]): string[];
  nameOf(code: string): LocalizedText | undefined;
  /** Each code with those that count for it: itself and its sub-categories. Empty while nothing has been loaded. */
  families(): ReadonlyMap<string, string[]>;
  /** Waits until the words of those tokens that name a category are known here; false when the time is over first. */
  waitFor(tokens: Token[], timeoutMs: number): Promise<boolean>;
};

/**
 * Names and synonyms of the categories in memory: a query is matched against them as it comes, so a renamed category
 * is right at once. Loaded from catalog at the start and whenever changes may have been missed, kept right by them.
 */
export function createCategoryWords({
  bus,
  owners,
  log,
}: {
  bus: Pick<Bus, 'listen' | 'names'>;
  owners: Pick<Owners, 'exportPage'>;
  log: Logger;
}): CategoryWords {
  const known = new Map<string, { v: number; state: CategoryState | undefined }>();
  const ending = new AbortController();
  /** What is made of the categories as they are, until one changes. */
  let lexicon: Lexicon | undefined;
  let families: ReadonlyMap<string, string[]> | undefined;
  let listening: Listening | undefined;
  const load = createCategoryLoad({ owners, log, signal: ending.signal, onCategory: put });

  function put({ id, v, live, state }: ChangeData): void {
    if ((known.get(id)?.v ?? 0) >= v) return;
    known.set(id, { v, state: live ? (state as CategoryState | undefined) : undefined });
    lexicon = undefined;
    families = undefined;
  }

  function allFamilies(): ReadonlyMap<string, string[]> {
    families ??= familiesOf(live());
    return families;
  }

  function live(): [string, CategoryState][] {
    return [...known].flatMap(([code, { state }]) => (state ? [[code, state]] : []));
  }

  async function waitFor(tokens: Token[], timeoutMs: number): Promise<boolean> {
    const wanted = tokens.filter(({ id }) => !id.includes('_')); // only a category's id is its code
    for (let leftMs = timeoutMs; ; leftMs -= POLL_MS) {
      if (wanted.every(({ id, v }) => (known.get(id)?.v ?? 0) >= v)) return true;
      if (leftMs <= 0) return false;
      await pause(POLL_MS, ending.signal);
    }
  }

  return {
    name: 'category words',
    start: async () => {
      const subjects = [bus.names.changesOf('catalog', 'category')];
      listening = await bus.listen({ subjects, onChange: ({ data }) => put(data), onGap: load.begin, log });
    },
    stop: async () => {
      ending.abort();
      await listening?.stop();
      await load.settled();
    },
    find: (words) => {
      lexicon ??= buildLexicon(
        live().map(([code, { name, synonyms, description }]) => ({
          code,
          name,
          ...(synonyms ? { synonyms } : {}),
          ...(description ? { description } : {}),
        })),
      );
      const codesOf = (code: string) => allFamilies().get(code) ?? [code];
      return findIntent(lexicon, words).map((meant) => ({ ...meant, codes: codesOf(meant.code) }));
    },
    expand: (codes) => expandCodes(codes, allFamilies()),
    nameOf: (code) => known.get(code)?.state?.name,
    families: allFamilies,
    waitFor,
  };
}

function familiesOf(categories: [string, CategoryState][]): ReadonlyMap<string, string[]> {
  const families = new Map(categories.map(([code]) => [code, [code]]));
  for (const [code, { parent }] of categories) if (parent !== null) families.get(parent)?.push(code);
  return families;
}

function expandCodes(codes: string[], families: ReadonlyMap<string, string[]>): string[] {
  const unknown = families.size > 0 ? codes.findIndex((code) => !families.has(code)) : -1;
  if (unknown >= 0) {
    const nearest = nearestName(codes[unknown] ?? '', [...families.keys()]);
    const message = `is not a category${nearest ? `; did you mean ${nearest}?` : ''}`;
    throw AppError.invalid('search.category-unknown', {
      pointer: `/category/${unknown}`,
      message,
      expected: 'the code of a category',
    });
  }
  return [...new Set(codes.flatMap((code) => families.get(code) ?? [code]))];
}
