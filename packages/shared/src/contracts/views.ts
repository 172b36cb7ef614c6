import { type Display, type LocaleTag, type LocalizedText, localeTags } from './atoms.ts';
import type { CategoryState } from './catalog/category.ts';
import type { CompanyState, PossibleDuplicate } from './catalog/company.ts';
import type { InquiryState } from './catalog/inquiry.ts';
import type { OfferingState } from './catalog/offering.ts';
import type { ArticleState, Translation } from './news/article.ts';
import { htmlOfBlocks } from './news/blocks-html.ts';
import type { ArticleDuplicate } from './news/duplicates.ts';
import type { CalendarEventState, Occurrence } from './news/event.ts';
import type { DocumentLife } from './workflow.ts';

/**
 * What readers get of a document: one pure function per kind, used by the owner for replies and by everything that
 * shows states later (changes, feeds, webhooks). `staff` adds what is not public.
 */
export type ViewOptions = {
  view: 'public' | 'staff';
  lang: LocaleTag;
  /** Members that will be picked; what is made only when it is named hangs on it. */
  fields?: readonly string[] | undefined;
};
type Versioned<T> = { id: string; v: number; state: T };

/** The text in the language asked for, else English, else Mongolian, else the first that is there. */
export function pickText(text: LocalizedText, lang: LocaleTag): { lang: LocaleTag; text: string } | undefined {
  for (const tag of [lang, 'en', 'mn', ...localeTags] as const) {
    const found = text[tag];
    if (found !== undefined) return { lang: tag, text: found };
  }
  return undefined;
}

/** `display` of a document whose name and summary are localized. */
export function buildDisplay(name: LocalizedText, summary: LocalizedText | undefined, lang: LocaleTag): Display {
  const picked = pickText(name, lang) ?? { lang, text: '' };
  const about = summary && pickText(summary, lang);
  return { lang: picked.lang, name: picked.text, ...(about ? { summary: about.text } : {}) };
}

export function viewCategory({ id, v, state }: Versioned<CategoryState>, { lang }: ViewOptions) {
  const { place: _place, edited: _edited, ...shown } = state;
  return { id, kind: 'category' as const, v, ...shown, display: buildDisplay(state.name, undefined, lang) };
}

/** A reader without the write scope never sees a contact that is not public, nor who wrote. */
export function viewCompany({ id, v, state }: Versioned<CompanyState>, { view, lang }: ViewOptions) {
  const {
    isSlugPinned: _pinned,
    oldSlugs: _old,
    mergePair: _pair,
    matchKeys: _keys,
    contacts,
    ...shown
  } = seenBy(view, state);
  const open = contacts?.filter((contact) => contact.public === true) ?? [];
  const seen = view === 'staff' ? contacts : open.length > 0 ? open : undefined; // that there are others is not told
  return {
    id,
    kind: 'company' as const,
    v,
    ...shown,
    ...(seen ? { contacts: seen } : {}),
    display: buildDisplay(state.displayName, state.summary, lang),
  };
}

/** Whether the public sees the company is for staff: to the public, an offering says so by being there. */
export function viewOffering({ id, v, state }: Versioned<OfferingState>, { view, lang }: ViewOptions) {
  const { isSlugPinned: _p, oldSlugs: _old, companyV: _copied, companyVisible, ...shown } = seenBy(view, state);
  return {
    id,
    kind: 'offering' as const,
    v,
    ...shown,
    ...(view === 'staff' ? { companyVisible } : {}),
    display: buildDisplay(state.name, state.summary, lang),
  };
}

/** A company in the answer to its creation, with those that may be the same. */
export function viewNewCompany(
  document: Versioned<CompanyState> & { possibleDuplicates?: PossibleDuplicate[] },
  options: ViewOptions,
) {
  const { possibleDuplicates = [] } = document;
  const shown = viewCompany(document, options);
  return possibleDuplicates.length > 0 ? { ...shown, possibleDuplicates } : shown;
}

/** What a reader may know of the relatives of an article: the same in other languages, and whether the original is seen. */
export type ArticleKin = { translations: Translation[]; isOriginalSeen: boolean };

/**
 * An article whose rights allow an excerpt only shows the public its headings and summary, not its text. The original of a
 * translation is named to the public where it may see it; what it is a duplicate of is for staff, since the other one may
 * be a draft. That it names a company which the public does not see is for staff too. HTML is made for who picks it.
 */
export function viewArticle(
  { id, v, state, kin }: Versioned<ArticleState> & { kin?: ArticleKin },
  { view, fields }: ViewOptions,
) {
  const { isSlugPinned: _pinned, oldSlugs: _old, ingestKeys: _keys, body, plainText, ...others } = seenBy(view, state);
  const { fingerprint, duplicateOf, duplicateKeys: _shared, isDuplicateByHand: _by, translationOf, ...named } = others;
  const { mentions = [], mentioned = [], notMentioned: _not, ...shown } = named;
  const known = new Set(mentioned.filter((company) => company.visible).map((company) => company.id));
  const forStaff = { ...(fingerprint ? { fingerprint } : {}), ...(duplicateOf ? { duplicateOf } : {}) };
  const isCut = view === 'public' && state.rights?.excerptOnly === true;
  const blocks = isCut ? body?.filter((block) => block.type === 'heading') : body;
  const isOriginalSeen = view === 'staff' || kin?.isOriginalSeen === true;
  return {
    id,
    kind: 'article' as const,
    v,
    ...shown,
    ...(view === 'staff' ? forStaff : {}),
    ...(translationOf !== undefined && isOriginalSeen ? { translationOf } : {}),
    ...(kin ? { translations: kin.translations } : {}),
    ...(blocks ? { body: blocks } : {}),
    ...(fields?.includes('bodyHtml') ? { bodyHtml: htmlOfBlocks(blocks ?? []) } : {}),
    plainText: isCut ? '' : plainText,
    mentions: view === 'staff' ? mentions : mentions.filter(({ companyId }) => known.has(companyId)),
    display: { lang: state.language, name: state.headline, ...(state.summary ? { summary: state.summary } : {}) },
  };
}

/** An article in the answer to its creation, with those like it. */
export function viewNewArticle(
  document: Versioned<ArticleState> & { kin?: ArticleKin; possibleDuplicates?: ArticleDuplicate[] },
  options: ViewOptions,
) {
  const { possibleDuplicates = [] } = document;
  const shown = viewArticle(document, options);
  return possibleDuplicates.length > 0 ? { ...shown, possibleDuplicates } : shown;
}

/** The public sees an event's companies as far as it sees these themselves. `occurrence`: as one of its dates. */
export function viewEvent(
  { id, v, state, occurrence }: Versioned<CalendarEventState> & { occurrence?: Occurrence },
  { view, lang }: ViewOptions,
) {
  const { isSlugPinned: _pinned, oldSlugs: _old, startsAt: _s, occurrences: _all, windowMovesAt: _m, ...kept } = state;
  const { companyIds: _named, shownCompanyIds, organiser, exhibitors, ...shown } = seenBy(view, kept);
  const isSeen = (companyId: string) => view === 'staff' || shownCompanyIds.includes(companyId);
  const { companyId, ...others } = organiser ?? {};
  const by = companyId !== undefined && isSeen(companyId) ? { companyId, ...others } : others;
  const there = exhibitors?.filter((exhibitor) => isSeen(exhibitor.companyId)) ?? [];
  return {
    id,
    kind: 'event' as const,
    v,
    ...shown,
    ...(Object.keys(by).length > 0 ? { organiser: by } : {}),
    ...(exhibitors && (view === 'staff' || there.length > 0) ? { exhibitors: there } : {}),
    ...(occurrence ? { occurrence } : {}),
    display: buildDisplay(state.name, state.summary, lang),
  };
}

/** Who may change an inquiry need not be who may read it: without the scope nothing personal is shown. */
export function viewInquiry({ id, v, state }: Versioned<InquiryState>, { view }: ViewOptions) {
  const { sender, message: _message, items: _items, consent: _consent, thread: _thread, ...plain } = state;
  const isStaff = view === 'staff';
  return {
    id,
    kind: 'inquiry' as const,
    v,
    ...(isStaff ? state : plain),
    display: { lang: state.locale, name: isStaff && sender ? sender.name : state.inquiryKind },
  };
}

type StaffMember = 'createdBy' | 'updatedBy' | 'publishAt' | 'unpublishAt' | 'rejectionReason';

/** A state without what only staff may see of any document: who wrote, what is planned, why it was rejected. */
function seenBy<T extends DocumentLife>(view: ViewOptions['view'], state: T): Omit<T, StaffMember> {
  if (view === 'staff') return state;
  const { createdBy: _c, updatedBy: _u, publishAt: _p, unpublishAt: _e, rejectionReason: _r, ...shown } = state;
  return shown;
}
