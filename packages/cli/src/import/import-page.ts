import type { Extraction } from '@ortoo/shared/contracts';
import { CliError, messageOf } from '../cli-error.ts';
import type { ApiClient } from '../seed/api.client.ts';
import { describeProblem } from '../seed/seed.rules.ts';
import type { PageRequest } from './page-file.ts';
import { type KnownCategory, type PortalFrame, recognisePortal } from './portal-page.rules.ts';

/** What became of a page: only read, stored as a draft, or known from before. */
export type ImportOutcome = { state: 'dry-run' } | { state: 'created' | 'present'; id: string };
export type ImportedPage = {
  portal: PortalFrame;
  extraction: Pick<Extraction, 'fields' | 'unsure'>;
  outcome: ImportOutcome;
};

type Reply = { id?: string; reason?: string };

/**
 * Has the API read a page, and store its article as a draft unless `isDryRun`. Throws a CliError with the API's words for what
 * it refuses.
 */
export async function importPage(api: ApiClient, request: PageRequest, isDryRun: boolean): Promise<ImportedPage> {
  const { items } = await succeed<{ items: KnownCategory[] }>(api, 'GET', '/v1/categories');
  const { text, fields, unsure } = await succeed<Extraction>(api, 'POST', '/v1/articles/extract', request);
  const outcome = isDryRun ? { state: 'dry-run' as const } : await ingest(api, request);
  return { portal: recognisePortal(text, items), extraction: { fields, unsure }, outcome };
}

async function ingest(api: ApiClient, request: PageRequest): Promise<ImportOutcome> {
  const { status, body } = await send(api, 'POST', '/v1/articles/ingest', request);
  const { id = '', reason } = (body ?? {}) as Reply;
  if (status === 201) return { state: 'created', id };
  if (status === 409 && reason === 'article.already-ingested') return { state: 'present', id };
  throw refused('The article was not stored', status, body);
}

async function succeed<T>(api: ApiClient, method: 'GET' | 'POST', path: string, sent?: object): Promise<T> {
  const { status, body } = await send(api, method, path, sent);
  if (status === 200) return body as T;
  throw refused(`${method} ${path} was refused`, status, body);
}

function send(api: ApiClient, method: 'GET' | 'POST', path: string, sent?: object) {
  return api.send(method, path, sent).catch((error: unknown) => {
    throw new CliError(messageOf(error));
  });
}

const refused = (what: string, status: number, body: unknown) =>
  new CliError(
    `${what}: ${describeProblem(status, typeof body === 'object' && body !== null ? body : {}).join('; ')}.`,
  );
