import { testContext } from '@ortoo/shared/testing';
import { ask } from '../speed/elastic.ts';
import { round2 } from '../speed/pair.ts';
import type { KnownItem } from './known-names.ts';
import type { Setting } from './setting.ts';
import { type Times, timed, timesOf } from './times.ts';

/** `ratio`: p95 of the product's search, asked over the bus, over p95 of a bare `match` on the names. */
export type SearchFigures = {
  search: Times;
  match: Times;
  ratio: number;
  byForm: Record<string, { search: Times; ratio: number }>;
  suggest: Times;
  /** p95 of suggestions over p95 of search. */
  suggestRatio: number;
};

const LIMIT = 20;
/** Letters after which suggestions are asked for. */
const TYPED = [1, 2, 3, 5, 8];

/** Asks for names one after another, the product and the bare match in turns, each second pair the other way round. */
export async function measureSearch({ owners, elasticsearchUrl, names, items, say }: Setting): Promise<SearchFigures> {
  const { bus } = owners;
  const search = ({ query: q }: KnownItem) =>
    bus.call(testContext(), 'rpc.search.query', { q, limit: LIMIT, lang: 'mn', view: 'public' });
  const match = ({ query }: KnownItem) =>
    ask(elasticsearchUrl, 'POST', `/${names.readAlias}/_search`, {
      size: LIMIT,
      query: { match: { name_all: query } },
      _source: ['kind', 'display'],
    });
  const suggest = (q: string) => bus.call(testContext(), 'rpc.search.suggest', { q, limit: 10, lang: 'mn' });

  say(`warming up with ${items.length} known items`);
  for (const item of items) {
    await search(item);
    await match(item);
  }
  say(`asking for ${items.length} known items, twice`);
  const taken: { form: string; searchMs: number; matchMs: number }[] = [];
  for (const [place, item] of [...items, ...items].entries()) {
    const matchFirst = place % 2 === 1 ? await timed(() => match(item)) : undefined;
    const searchMs = await timed(() => search(item));
    taken.push({ form: item.form, searchMs, matchMs: matchFirst ?? (await timed(() => match(item))) });
  }
  say('asking for suggestions');
  const suggestMs: number[] = [];
  for (const { query } of items.filter((_, place) => place % 2 === 0))
    for (const letters of TYPED) suggestMs.push(await timed(() => suggest(query.slice(0, letters))));

  const overall = timesOf(taken.map(({ searchMs }) => searchMs));
  const bare = timesOf(taken.map(({ matchMs }) => matchMs));
  const suggested = timesOf(suggestMs);
  const forms = [...new Set(taken.map(({ form }) => form))].map((form) => {
    const own = taken.filter((one) => one.form === form);
    const ours = timesOf(own.map(({ searchMs }) => searchMs));
    return [
      form,
      { search: ours, ratio: round2(ours.p95Ms / timesOf(own.map(({ matchMs }) => matchMs)).p95Ms) },
    ] as const;
  });
  return {
    search: overall,
    match: bare,
    ratio: round2(overall.p95Ms / bare.p95Ms),
    byForm: Object.fromEntries(forms),
    suggest: suggested,
    suggestRatio: round2(suggested.p95Ms / overall.p95Ms),
  };
}
