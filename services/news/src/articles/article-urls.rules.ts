import { type ArticleInput, createUrlSettler, normalizeWebUrl, type RuleFault } from '@ortoo/shared/contracts';

type WithUrls = Pick<ArticleInput, 'body' | 'source' | 'canonicalUrl'>;

/** Parameters that say how a reader came to a page and not which page it is. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid|yclid|mc_cid|mc_eid|igshid)$/;
/** A fragment that is a path: pages that scripts draw are told apart by it. */
const ROUTE = /^#[/!]/;

/** The address of a page in one spelling, whatever way led to it and place in it; undefined for what is none. */
export function canonicalAddress(address: string): string | undefined {
  const url = normalizeWebUrl(address);
  if (url === undefined) return undefined;
  const plain = new URL(url);
  if (!ROUTE.test(plain.hash)) plain.hash = '';
  for (const name of [...plain.searchParams.keys()]) if (TRACKING.test(name)) plain.searchParams.delete(name);
  return plain.href;
}

/** The addresses of an article normalised, and the faults of those that are none. */
export function settleUrls({ body, source, canonicalUrl }: WithUrls): { urls: WithUrls; faults: RuleFault[] } {
  const { settle, faults } = createUrlSettler('article.url-invalid');
  const settledBody = body?.map((block, place) =>
    block.type === 'image' ? { ...block, url: settle(block.url, `/body/${place}/url`) } : block,
  );
  const settledSource = source?.url === undefined ? source : { ...source, url: settle(source.url, '/source/url') };
  const canonical = canonicalUrl === undefined ? undefined : settle(canonicalUrl, '/canonicalUrl');
  const urls = {
    ...(settledBody ? { body: settledBody } : {}),
    ...(settledSource ? { source: settledSource } : {}),
    ...(canonical === undefined ? {} : { canonicalUrl: canonicalAddress(canonical) ?? canonical }),
  };
  return { urls, faults };
}
