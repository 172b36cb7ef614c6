import type { ExtractRequest } from '@ortoo/shared/contracts';
import { extractPage, type ReadPage } from './extract.rules.ts';
import { readHtmlPage } from './html-page.ts';
import { readPlainPage } from './plain-page.rules.ts';
import type { CategoryWords } from './topics.rules.ts';

/** A page to read, and what came of it. */
export type ReadingTask = { request: ExtractRequest; categories: CategoryWords[] };
export type ReadingOutcome =
  | { type: 'read'; page: ReadPage; canonicalUrl?: string }
  | { type: 'unreadable'; cause: string };

/** Reads text or HTML, whatever it is: what cannot be parsed is answered, not thrown. */
export function readPage({ request, categories }: ReadingTask): ReadingOutcome {
  try {
    const page = request.html === undefined ? readPlainPage(request.text ?? '') : readHtmlPage(request.html);
    const { canonicalUrl } = page;
    return { type: 'read', page: extractPage(page, categories), ...(canonicalUrl ? { canonicalUrl } : {}) };
  } catch (error) {
    return { type: 'unreadable', cause: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
