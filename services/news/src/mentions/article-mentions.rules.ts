import {
  type ArticleState,
  isSameJson,
  MENTIONS_MAX,
  type Mention,
  type MentionedCompany,
  type MentionRequest,
  type Span,
  type Stamp,
  touch,
} from '@ortoo/shared/contracts';
import { AppError } from '@ortoo/shared/kernel';
import { anchorSpan } from './anchor-span.rules.ts';

/** A company named in a text: where, and how sure that is. */
export type FoundMention = { companyId: string; text: string; span: Span; confidence: number };

/** What the mentions of a text are settled by. */
export type Mentioning = {
  /** The mentions that are sure enough to be shown. */
  find(text: string): FoundMention[];
  /** What is to be kept of the companies that were looked up. */
  companies: ReadonlyMap<string, MentionedCompany>;
  /** Whether all companies are known; until then what is not found is not gone. */
  isComplete: boolean;
};

/** Where nothing was looked up, nothing is found, and nothing gone. */
const NOTHING: Mentioning = { find: () => [], companies: new Map(), isComplete: false };

type Placed = Pick<Mention, 'span'>;
type Members = Pick<ArticleState, 'mentions' | 'mentioned' | 'notMentioned'>;
type Before = Members & Pick<ArticleState, 'plainText'>;

/**
 * The mentions of a text. While the text stays they stay. In a text that was changed, what an editor confirmed goes
 * along to where its words stand now, and so does, while not all companies are known, what was found before; what an
 * editor removed is not found again.
 */
export function settleMentions(
  before: Before | undefined,
  plainText: string,
  mentioning: Mentioning = NOTHING,
): Members {
  if (before?.plainText === plainText) return membersOf(before);
  const { companies, isComplete, find } = mentioning;
  const refused = new Set(before?.notMentioned ?? []);
  const kept = (before?.mentions ?? [])
    .filter(({ confirmed, companyId }) => confirmed || !isComplete || refused.has(companyId))
    .flatMap((mention) => {
      const span = anchorSpan(mention, before?.plainText ?? '', plainText);
      return span ? [{ ...mention, span }] : [];
    });
  const found = find(plainText)
    .filter(({ companyId }) => companies.has(companyId) && !refused.has(companyId))
    .map((mention): Mention => ({ ...mention, confirmed: false }))
    .filter((mention) => !kept.some((one) => overlap(one, mention)));
  return withCompanies({ ...before, mentions: inOrder([...kept, ...found]) }, companies);
}

/**
 * The state with the mentions of `companies` that are found in its text and do not stand there yet, as far as there is
 * room; the state itself where there are none. What is there stays; what an editor removed is not found again.
 */
export function addMentions(
  state: ArticleState,
  { companies, find }: Pick<Mentioning, 'companies' | 'find'>,
  stamp: Stamp,
): ArticleState {
  const { mentions = [], mentioned: _c, notMentioned = [], ...rest } = state;
  const added = find(state.plainText)
    .filter(({ companyId }) => companies.has(companyId) && !notMentioned.includes(companyId))
    .filter((mention) => !mentions.some((one) => overlap(one, mention)))
    .slice(0, Math.max(0, MENTIONS_MAX - mentions.length))
    .map((mention): Mention => ({ ...mention, confirmed: false }));
  if (added.length === 0) return state;
  const members = withCompanies({ ...state, mentions: inOrder([...mentions, ...added]) }, companies);
  return touch(state, { ...rest, ...members }, stamp);
}

/** The first of them that do not overlap. */
function inOrder(mentions: Mention[]): Mention[] {
  const placed: Mention[] = [];
  for (const mention of mentions.sort((one, other) => one.span[0] - other.span[0])) {
    if (placed.length < MENTIONS_MAX && mention.span[0] >= (placed.at(-1)?.span[1] ?? 0)) placed.push(mention);
  }
  return placed;
}

const overlap = (one: Placed, other: Placed) => one.span[0] < other.span[1] && other.span[0] < one.span[1];

/** The members with what is kept of exactly the companies that are mentioned. */
function withCompanies(members: Members, companies: ReadonlyMap<string, MentionedCompany>): Members {
  const { mentions = [], mentioned: old = [], notMentioned } = members;
  const ids = [...new Set(mentions.map(({ companyId }) => companyId))];
  const mentioned = ids.flatMap((id) => companies.get(id) ?? old.find((company) => company.id === id) ?? []);
  return membersOf({ mentions, mentioned, ...(notMentioned ? { notMentioned } : {}) });
}

/** Lists that are empty are absent. */
function membersOf({ mentions = [], mentioned = [], notMentioned = [] }: Members): Members {
  return {
    ...(mentions.length > 0 ? { mentions } : {}),
    ...(mentioned.length > 0 ? { mentioned } : {}),
    ...(notMentioned.length > 0 ? { notMentioned } : {}),
  };
}

type Verdict = Pick<MentionRequest, 'n' | 'verdict'>;

/**
 * The state after an editor's word on a mention; the state itself when it says so already. Throws NOT_FOUND
 * `article.mention-not-found` where there is none at that place.
 */
export function judgeMention(state: ArticleState, { n, verdict }: Verdict, stamp: Stamp): ArticleState {
  const { mentions = [] } = state;
  const mention = mentions[n];
  if (!mention) {
    const there = mentions.length === 0 ? 'there is none' : `there are ${mentions.length}, counted from 0`;
    throw AppError.notFound('article.mention-not-found', `The article has no mention ${n}: ${there}.`);
  }
  const { mentions: _m, mentioned: _c, notMentioned = [], ...rest } = state;
  if (verdict === 'confirm') {
    const confirmed = mentions.map((one) => (one === mention ? { ...one, confirmed: true } : one));
    return touch(state, { ...rest, ...membersOf({ ...state, mentions: confirmed }) }, stamp);
  }
  const left = mentions.filter((one) => one !== mention);
  const refused = [...new Set([...notMentioned, mention.companyId])];
  const members = withCompanies({ ...state, mentions: left, notMentioned: refused }, new Map());
  return touch(state, { ...rest, ...members }, stamp);
}

/** A company as it is now, without names where the public does not see it; `heir` is the one that it was merged into. */
export type CompanyNow = Pick<MentionedCompany, 'id' | 'v' | 'visible' | 'names'> & { heir?: MentionedCompany };

/**
 * The state with copies of companies as these are now, and with those that stay in the place of those merged into them; the
 * state itself when it says so already. Names that once were public stay while their company is away; copies of a newer
 * version stay too.
 */
export function followMentioned(state: ArticleState, now: ReadonlyMap<string, CompanyNow>, stamp: Stamp): ArticleState {
  const moved = withHeirs(state, now);
  const { mentioned = [] } = moved;
  const next = mentioned.map((copy) => {
    const company = now.get(copy.id);
    if (!company || company.v < copy.v) return copy;
    const names = company.visible ? company.names : copy.names;
    const isRight = company.visible === copy.visible && isSameJson(names, copy.names);
    return isRight ? copy : { id: copy.id, v: company.v, visible: company.visible, names };
  });
  if (isSameJson(next, mentioned)) return moved === state ? state : touch(state, moved, stamp);
  return touch(state, { ...moved, mentioned: next }, stamp);
}

/** What an editor said is not mentioned does not come in by a merge. */
function withHeirs(state: ArticleState, now: ReadonlyMap<string, CompanyNow>): ArticleState {
  const { mentions = [], mentioned = [], notMentioned = [], ...rest } = state;
  const heirs = new Map(
    mentioned.flatMap(({ id, v }) => {
      const { v: currentV = 0, heir } = now.get(id) ?? {};
      return heir && currentV >= v && !notMentioned.includes(heir.id) ? [[id, heir] as const] : [];
    }),
  );
  if (heirs.size === 0) return state;
  const next = mentions.map((mention) => ({
    ...mention,
    companyId: heirs.get(mention.companyId)?.id ?? mention.companyId,
  }));
  const byId = new Map([...heirs.values()].map((heir) => [heir.id, heir]));
  return { ...rest, ...withCompanies({ mentions: next, mentioned, notMentioned }, byId) };
}
