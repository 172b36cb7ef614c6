import { pause } from '@ortoo/shared/kernel';
import { messageOf } from '../cli-error.ts';
import type { ApiClient } from './api.client.ts';
import { type CompanyReference, companyReferencesOf, replaceCompanies, type SeedItem } from './seed.rules.ts';

/** External ids that one list asks for; the API takes fifty. */
const BATCH = 50;
const attemptsMax = 5;
const retryMs = 2_000;

type Found = { id: string; externalIds?: CompanyReference[] };

/**
 * The items with the ids of their companies in place of external ids. What is not found stays as it is: the API then
 * refuses the item and says where.
 */
export async function resolveCompanies(api: ApiClient, items: SeedItem[], signal?: AbortSignal): Promise<SeedItem[]> {
  const wanted = [...new Set(items.flatMap((item) => companyReferencesOf(item).map(keyOf)))];
  const ids = new Map<string, string>();
  for (let from = 0; from < wanted.length; from += BATCH) {
    for (const { id, externalIds = [] } of await lookUp(api, wanted.slice(from, from + BATCH), signal)) {
      for (const externalId of externalIds) ids.set(`${externalId.system}:${externalId.value}`, id);
    }
  }
  return items.map((item) => {
    const byValue = new Map(companyReferencesOf(item).map((one) => [one.value, ids.get(keyOf(one))]));
    if ([...byValue.values()].every((id) => id === undefined)) return item;
    return { ...item, body: replaceCompanies(item.body, (companyId) => byValue.get(companyId)) };
  });
}

async function lookUp(api: ApiClient, keys: string[], signal: AbortSignal | undefined): Promise<Found[]> {
  const query = keys.map((key) => `externalId=${encodeURIComponent(key)}`).join('&');
  let why = '';
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    signal?.throwIfAborted();
    try {
      const { status, body } = await api.send('GET', `/v1/companies?${query}&limit=${BATCH}`);
      const items = (body as { items?: unknown } | null)?.items;
      if (status === 200 && Array.isArray(items)) return items;
      why = `was answered ${status}`;
    } catch (error) {
      why = messageOf(error);
    }
    if (attempt < attemptsMax) await pause(retryMs, signal);
  }
  throw new Error(`The companies of what is loaded could not be looked up: ${why}.`);
}

const keyOf = ({ system, value }: CompanyReference) => `${system}:${value}`;
