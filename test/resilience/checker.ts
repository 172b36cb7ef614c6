import { isDeepStrictEqual } from 'node:util';
import { projectChange } from '@ortoo/search/projections';
import type { Facts, OwnedDocument } from './facts.ts';
import type { Write } from './history.ts';

/** What the checker holds facts against; the names of the invariants stand in every finding. */
export type Finding = { invariant: string; what: string };

export type CheckOptions = {
  /** Dead letters that the scenario itself has caused. */
  deadLettersExpected?: number;
  /** Documents whose latest version need not be in the stream: it was deleted after they were published. */
  isCoverageExpected?: (document: OwnedDocument) => boolean;
};

/** Holds the facts of a run against the invariants of the pipeline. Pure; no finding is the good answer. */
export function checkFacts(facts: Facts, options: CheckOptions = {}): Finding[] {
  const chains = readChains(facts);
  return [
    ...checkWrites(facts, chains),
    ...checkChains(facts, chains),
    ...checkIndex(facts),
    ...checkCoverage(facts, options),
    ...checkRest(facts, options),
  ];
}

type Entry = { v: number; type: string; text: string };
/** The versions of each document, from its revisions and its pending entries together. */
type Chains = Map<string, Map<number, Entry>>;

function readChains({ documents, revisions }: Facts): Chains {
  const chains: Chains = new Map();
  const add = (id: string, entry: Entry) => {
    const chain = chains.get(id) ?? new Map<number, Entry>();
    chains.set(id, chain.set(entry.v, entry));
  };
  for (const { _id, v, type, patch, state } of revisions)
    add(_id.slice(0, _id.lastIndexOf(':')), { v, type, text: JSON.stringify(patch ?? state ?? {}) });
  for (const { _id, pending } of documents)
    for (const { v, type, patch } of pending) add(_id, { v, type, text: JSON.stringify(patch) });
  return chains;
}

const find = (invariant: string, what: string): Finding => ({ invariant, what });

/** Acknowledged writes are there once, refused ones are not, unknown ones at most once; repeats have one effect. */
function checkWrites({ writes }: Facts, chains: Chains): Finding[] {
  const byMarker = Map.groupBy(writes, ({ marker }) => marker);
  const places = placesOf(byMarker, chains);
  return [...byMarker].flatMap(([marker, attempts]) => {
    const [first] = attempts;
    if (!first) return [];
    const found =
      first.action === 'remove'
        ? removalsOf(attempts, chains)
        : (places.get(marker) ?? []).map(({ id, v }) => ({ id, v }));
    return judgeWrite(attempts, found);
  });
}

type Place = { id: string; v: number };

function judgeWrite(attempts: Write[], found: Place[]): Finding[] {
  const [first] = attempts;
  const what = `${first?.action} ${first?.marker}`;
  const shown = found.map(({ id, v }) => `${id}:${v}`).join(', ') || 'nowhere';
  const done = attempts.filter(({ outcome }) => outcome === 'ok');
  const findings: Finding[] = [];
  if (found.length > 1) findings.push(find('one-effect', `${what} is there ${found.length} times: ${shown}`));
  for (const { id, v } of done) {
    if (!found.some((place) => place.v === v && (id === undefined || place.id === id)))
      findings.push(find('acknowledged-is-kept', `${what} was acknowledged as ${id}:${v} and is ${shown}`));
  }
  const isRefused = attempts.every(({ outcome }) => outcome === 'refused');
  if (isRefused && found.length > 0)
    findings.push(find('refused-is-absent', `${what} was refused with ${first?.status} and is at ${shown}`));
  return findings;
}

/** Where the markers stand. Each patch holds few words, so it is cut into them and looked up. */
function placesOf(byMarker: Map<string, Write[]>, chains: Chains): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const [id, chain] of chains) {
    for (const { v, text } of chain.values()) {
      for (const word of new Set(text.match(/mark-[a-z0-9-]+/g) ?? [])) {
        if (byMarker.has(word)) places.set(word, [...(places.get(word) ?? []), { id, v }]);
      }
    }
  }
  return places;
}

/** A removal carries no marker: it is the tombstone's entry of the document, when it is the one that was asked for. */
function removalsOf(attempts: Write[], chains: Chains): Place[] {
  const id = attempts[0]?.id ?? '';
  const deleted = [...(chains.get(id)?.values() ?? [])].filter(({ type }) => type === 'deleted');
  const mine = deleted.filter(({ v }) => attempts.some((attempt) => attempt.v === v));
  return mine.map(({ v }) => ({ id, v }));
}

/** Versions 1 to v without a gap; a deletion only where one was asked for. */
function checkChains({ documents, writes }: Facts, chains: Chains): Finding[] {
  const mayBeDeleted = new Set(
    writes.filter(({ action, outcome }) => action === 'remove' && outcome !== 'refused').map(({ id }) => id),
  );
  return documents.flatMap(({ _id: id, v, live }) => {
    const chain = chains.get(id);
    const missing = Array.from({ length: v }, (_, place) => place + 1).filter((one) => !chain?.has(one));
    const findings: Finding[] = [];
    if (missing.length > 0)
      findings.push(find('chain-without-gap', `${id} is at ${v} and lacks ${missing.slice(0, 5).join(', ')}`));
    const beyond = [...(chain?.keys() ?? [])].filter((one) => one > v);
    if (beyond.length > 0) findings.push(find('chain-without-gap', `${id} is at ${v} and has a version ${beyond[0]}`));
    if (!live && !mayBeDeleted.has(id)) findings.push(find('refused-is-absent', `${id} was deleted by nobody`));
    return findings;
  });
}

/** The index holds what the owners hold: version and body, tombstones too; behind one alias. */
function checkIndex({ documents, index, readIndexes }: Facts): Finding[] {
  const indexed = new Map(index.map((row) => [row.id, row]));
  const owned = new Set(documents.map(({ _id }) => _id));
  const findings = documents.flatMap((document) => {
    const { _id: id, v } = document;
    const row = indexed.get(id);
    if (!row) return [find('index-equals-owners', `${id}:${v} is not in the index`)];
    if (row.version !== v) return [find('index-equals-owners', `${id} is at ${v}, in the index at ${row.version}`)];
    const expected = JSON.parse(JSON.stringify(projectChange(toChangeData(document))));
    return isDeepStrictEqual(row.source, expected)
      ? []
      : [find('index-equals-owners', `${id}:${v} has another body in the index`)];
  });
  const extra = index.filter(({ id, source }) => !owned.has(id) && source.live !== false);
  findings.push(...extra.map(({ id }) => find('index-equals-owners', `${id} is in the index and nowhere else`)));
  if (readIndexes.length !== 1)
    findings.push(find('one-read-index', `the read alias stands on ${readIndexes.join(', ') || 'nothing'}`));
  return findings;
}

const envelope = ['_id', 'pending', 'pendingSince', 'requests', 'keys', 'kind', 'v', 'live', 'visible', 'check'];
const notState = [...envelope, 'changedAt', 'firstPublishedAt', 'rearm'];

function toChangeData(document: OwnedDocument): Parameters<typeof projectChange>[0] {
  const { _id: id, kind, v, live, visible, check, changedAt, firstPublishedAt } = document;
  const state = Object.fromEntries(Object.entries(document).filter(([name]) => !notState.includes(name)));
  const data = { kind, id, v, live, visible, check, changedAt, changes: [] };
  return { ...data, ...(firstPublishedAt ? { firstPublishedAt } : {}), ...(live ? { state } : {}) };
}

/** Every committed version is covered by a published one; nothing is left pending and nothing was invented. */
function checkCoverage({ documents, changes }: Facts, { isCoverageExpected = () => true }: CheckOptions): Finding[] {
  const newest = new Map<string, number>();
  for (const { data } of changes) newest.set(data.id, Math.max(newest.get(data.id) ?? 0, data.v));
  const waiting = documents.filter(({ pending, pendingSince }) => pending.length > 0 || pendingSince !== undefined);
  return [
    ...documents
      .filter((document) => isCoverageExpected(document) && (newest.get(document._id) ?? 0) < document.v)
      .map(({ _id: id, v }) => find('committed-is-published', `${id}:${v} is published up to ${newest.get(id) ?? 0}`)),
    ...documents
      .filter(({ _id, v }) => (newest.get(_id) ?? 0) > v)
      .map(({ _id: id, v }) => find('nothing-invented', `${id} is at ${v} and was published at ${newest.get(id)}`)),
    ...waiting.map(({ _id: id }) => find('outbox-empties', `${id} still waits to be published`)),
  ];
}

function checkRest({ deadLetters, regressions, defects }: Facts, { deadLettersExpected = 0 }: CheckOptions): Finding[] {
  const findings = regressions.map((what) => find('versions-never-go-down', what));
  findings.push(...defects.map((what) => find('no-defect-in-the-logs', what)));
  if (deadLetters !== deadLettersExpected)
    findings.push(find('set-aside-is-poison', `${deadLetters} dead letters, expected ${deadLettersExpected}`));
  return findings;
}
