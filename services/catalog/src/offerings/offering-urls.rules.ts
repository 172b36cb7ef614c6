import { createUrlSettler, type OfferingInput, type RuleFault } from '@ortoo/shared/contracts';

type WithUrls = Pick<OfferingInput, 'mediaUrls' | 'documents'>;

/** The addresses of an offering normalised, and the faults of those that are none. */
export function settleUrls({ mediaUrls, documents }: WithUrls): { urls: WithUrls; faults: RuleFault[] } {
  const { settle, settleAll, faults } = createUrlSettler('offering.url-invalid');
  const urls = {
    ...(mediaUrls ? { mediaUrls: settleAll(mediaUrls, '/mediaUrls') } : {}),
    ...(documents
      ? { documents: documents.map((one, place) => ({ ...one, url: settle(one.url, `/documents/${place}/url`) })) }
      : {}),
  };
  return { urls, faults };
}
