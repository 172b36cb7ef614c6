import { parentPort } from 'node:worker_threads';
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

/** The thread in which pages are read: what takes too long or too much is ended with it. */
parentPort?.on('message', (task: ReadingTask) => {
  parentPort?.postMessage(read(task));
});

function read({ request, categories }: ReadingTask): ReadingOutcome {
  try {
    const page = request.html === undefined ? readPlainPage(request.text ?? '') : readHtmlPage(request.html);
    const { canonicalUrl } = page;
    return { type: 'read', page: extractPage(page, categories), ...(canonicalUrl ? { canonicalUrl } : {}) };
  } catch (error) {
    return { type: 'unreadable', cause: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}
