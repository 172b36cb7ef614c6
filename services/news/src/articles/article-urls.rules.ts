import { type ArticleInput, createUrlSettler, type RuleFault } from '@ortoo/shared/contracts';

type WithUrls = Pick<ArticleInput, 'body' | 'source' | 'canonicalUrl'>;

/** The addresses of an article normalised, and the faults of those that are none. */
export function settleUrls({ body, source, canonicalUrl }: WithUrls): { urls: WithUrls; faults: RuleFault[] } {
  const { settle, faults } = createUrlSettler('article.url-invalid');
  const settledBody = body?.map((block, place) =>
    block.type === 'image' ? { ...block, url: settle(block.url, `/body/${place}/url`) } : block,
  );
  const settledSource = source?.url === undefined ? source : { ...source, url: settle(source.url, '/source/url') };
  const urls = {
    ...(settledBody ? { body: settledBody } : {}),
    ...(settledSource ? { source: settledSource } : {}),
    ...(canonicalUrl === undefined ? {} : { canonicalUrl: settle(canonicalUrl, '/canonicalUrl') }),
  };
  return { urls, faults };
}
