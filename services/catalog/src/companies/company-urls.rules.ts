import { type CompanyInput, createUrlSettler, type RuleFault } from '@ortoo/shared/contracts';

type WithUrls = Pick<CompanyInput, 'websites' | 'socials' | 'logoUrl'>;

/** The addresses of a company normalised, and the faults of those that are none. */
export function settleUrls({ websites, socials, logoUrl }: WithUrls): { urls: WithUrls; faults: RuleFault[] } {
  const { settle, settleAll, faults } = createUrlSettler('company.url-invalid');
  const urls = {
    ...(websites ? { websites: settleAll(websites, '/websites') } : {}),
    ...(socials ? { socials: settleAll(socials, '/socials') } : {}),
    ...(logoUrl === undefined ? {} : { logoUrl: settle(logoUrl, '/logoUrl') }),
  };
  return { urls, faults };
}
