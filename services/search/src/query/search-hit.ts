import {
  buildDisplay,
  type LocaleTag,
  type LocalizedText,
  localeTags,
  type SearchHit,
  type SearchKind,
  type SearchRequest,
} from '@ortoo/shared/contracts';
import type { SearchAnswer } from '../index/engine-documents.ts';
import { readExplanation } from './explain.ts';
import { findMarks, markText } from './marks.ts';
import { distanceKm, type GeoPoint } from './place.ts';

type Hit = SearchAnswer['hits'][number];
type Source = {
  kind: SearchKind;
  publishedAt?: string;
  status?: SearchHit['status'];
  display: { name: LocalizedText; summary?: LocalizedText };
  location?: GeoPoint[];
};

export type HitPlan = {
  urlOf(kind: SearchKind, id: string): string;
  lang: LocaleTag;
  /** Who asks: the status is for those who look after the kind. */
  seer: Pick<SearchRequest, 'view' | 'staffOf'>;
  /** What was typed, when it is to be shown where it stands. */
  marked?: string[];
  near?: GeoPoint;
  isExplained?: boolean;
};

/** A hit as callers get it. */
export function buildHit({ id, score, source, ...found }: Hit, plan: HitPlan): SearchHit {
  const { kind, display, publishedAt, status, location } = source as Source;
  const shown = buildDisplay(display.name, display.summary, plan.lang);
  const highlight = plan.marked && buildHighlight(shown, found.fragments, { ...plan, marked: plan.marked });
  const away = plan.near && distanceKm(plan.near, location);
  return {
    id,
    kind,
    score,
    display: shown,
    ...(highlight ? { highlight } : {}),
    ...(away === undefined ? {} : { distanceKm: away }),
    url: plan.urlOf(kind, id),
    ...(status !== undefined && looksAfter(plan.seer, kind) ? { status } : {}),
    ...(publishedAt === undefined ? {} : { publishedAt }),
    ...(plan.isExplained ? { explain: readExplanation(found.matched) } : {}),
  };
}

function looksAfter({ view, staffOf = [] }: HitPlan['seer'], kind: SearchKind): boolean {
  return view === 'staff' || staffOf.includes(kind);
}

/** What is shown is marked here, since names are found in another spelling than theirs; the body by the engine. */
function buildHighlight(
  { name, summary }: SearchHit['display'],
  fragments: Hit['fragments'],
  { marked, lang }: { marked: string[]; lang: LocaleTag },
): SearchHit['highlight'] {
  const inName = markText(name, findMarks(name, marked, { opening: true }));
  const inSummary = summary && markText(summary, findMarks(summary, marked, { opening: false }));
  const inBody = [lang, ...localeTags].map((tag) => fragments[`body.${tag}`]).find((found) => found !== undefined);
  return {
    ...(inName ? { name: [inName] } : {}),
    ...(inSummary ? { summary: [inSummary] } : {}),
    ...(inBody ? { body: inBody } : {}),
  };
}
