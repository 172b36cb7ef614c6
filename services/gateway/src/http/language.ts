import { match } from '@formatjs/intl-localematcher';
import { localeTags } from '@ortoo/shared/contracts';
import { Negotiator } from 'negotiator';

type Language = (typeof localeTags)[number];

/** What a caller gets that names no language we have. */
export const DEFAULT_LANGUAGE: Language = 'en';

/** More wishes than this are not weighed: the header is the caller's, the time ours. */
const WISHES_MAX = 20;

/** The content language nearest to an Accept-Language header; an unknown one falls back, never fails. Source: RFC 9110 §12.5.4. */
export function negotiateLanguage(acceptLanguage: string | undefined): Language {
  if (!acceptLanguage) return DEFAULT_LANGUAGE;
  const wishes = new Negotiator({ headers: { 'accept-language': acceptLanguage } }).languages().slice(0, WISHES_MAX);
  const wellFormed = wishes.filter(isLocale);
  return match(wellFormed, localeTags, DEFAULT_LANGUAGE) as Language;
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false; // `*` and what is no BCP 47 tag
  }
}
