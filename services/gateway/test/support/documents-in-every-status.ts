import { aCompany, anArticle, anEvent, anInquiry, anOffering, type Shown } from './caller.ts';
import type { Portal } from './portal.ts';

/** A document, how its life went so far, and what must not be read by those who may not see it. */
export type Seeded = {
  plural: string;
  life: string;
  id: string;
  v: number;
  /** Ways to name it: its id, its slug, the slug that it had before it was renamed. */
  refs: string[];
  /** Is in its summary, and in nothing that a request names. */
  secret: string;
  registrationNumber?: string;
};

type Move = { move: string; body?: object };
const future = { publishAt: '2999-01-01T00:00:00Z' };

/** Each status by the moves that lead there, and those that once were public. */
export const lives: Record<string, Move[]> = {
  draft: [],
  in_review: [{ move: 'submit' }],
  scheduled: [{ move: 'schedule', body: future }],
  rejected: [{ move: 'submit' }, { move: 'reject', body: { reason: 'Forbidden reason.' } }],
  published: [{ move: 'publish' }],
  archived: [{ move: 'publish' }, { move: 'archive' }],
  unpublished: [{ move: 'publish' }, { move: 'unpublish' }],
};

/** Stands in each part of the text of each article, of which an excerpt may be shown: only staff reads it. */
export const EXCERPT_SECRET = 'Withheldsentence';
const excerptBody = [
  { type: 'heading', level: 2, text: 'Matrix heading' },
  { type: 'paragraph', text: `The ${EXCERPT_SECRET} of others.` },
  { type: 'quote', text: `Said ${EXCERPT_SECRET}.`, by: `Who ${EXCERPT_SECRET}` },
  { type: 'list', items: ['One', `Two ${EXCERPT_SECRET}`] },
  {
    type: 'image',
    url: `https://matrix.example/${EXCERPT_SECRET}.jpg`,
    alt: `Seen ${EXCERPT_SECRET}`,
    caption: `Told ${EXCERPT_SECRET}`,
  },
];

/** What every list filters by, in one document of each kind; `name` makes the body or the patch that renames it. */
const kinds: Record<
  string,
  { body: (more: object) => object; name: (name: string) => object; summary: 'text' | 'map' }
> = {
  companies: {
    body: (more) =>
      aCompany({
        legalForm: 'llc',
        supplierTypes: ['manufacturer'],
        locations: [{ kind: 'hq', address: { country: 'MN', region: 'MN-053', district: 'Khanbogd' } }],
        ...more,
      }),
    name: (name) => ({ displayName: { en: name } }),
    summary: 'map',
  },
  offerings: {
    body: (more) => anOffering({ availability: 'in_stock', ...more }),
    name: (name) => ({ name: { en: name } }),
    summary: 'map',
  },
  articles: {
    body: (more) =>
      anArticle({
        articleKind: 'news',
        categories: ['construction'],
        source: { domain: 'matrix.example' },
        body: excerptBody,
        rights: { notice: '© Matrix', excerptOnly: true },
        ...more,
      }),
    name: (name) => ({ headline: name }),
    summary: 'text',
  },
  events: {
    body: (more) =>
      anEvent({
        categories: ['construction'],
        venue: { address: { country: 'MN', region: 'MN-053' } },
        ...more,
      }),
    name: (name) => ({ name: { en: name } }),
    summary: 'map',
  },
};
export const seededPlurals = Object.keys(kinds);

/** Makes a document of each kind in each status, renamed once, and an inquiry; answers them all. */
export async function seedEveryStatus(
  portal: Portal,
): Promise<{ documents: Seeded[]; companyId: string; inquirySecret: string }> {
  const { id: companyId } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  const documents: Seeded[] = [];
  for (const plural of seededPlurals)
    for (const life of Object.keys(lives))
      documents.push(await seed(portal, { plural, life, companyId, number: documents.length }));
  const inquirySecret = 'Confidential yurt order';
  const inquiry = anInquiry({ kind: 'company', id: companyId }, { message: inquirySecret });
  await portal.ask('POST', '/v1/inquiries', { body: inquiry });
  return { documents, companyId, inquirySecret };
}

type Wanted = { plural: string; life: string; companyId: string; number: number };

async function seed(portal: Portal, { plural, life, companyId, number }: Wanted): Promise<Seeded> {
  const kind = kinds[plural];
  if (!kind) throw new Error(`There is no body for ${plural}.`);
  const secret = `Undisclosed${number}x`;
  const registrationNumber = String(6_000_000 + number);
  const made = await portal.write('POST', `/v1/${plural}`, {
    body: kind.body({
      ...kind.name(`Matrix before ${plural} ${number}`),
      summary: kind.summary === 'map' ? { en: secret } : secret,
      externalIds: [{ system: 'matrix', value: String(number) }],
      ...(plural === 'offerings' ? { companyId } : {}),
      ...(plural === 'events' ? { organiser: { companyId } } : {}),
      ...(plural === 'companies' ? { registrationNumber } : {}),
    }),
  });
  const renamed = await portal.write('PATCH', `/v1/${plural}/${made.id}`, {
    headers: { 'if-match': `"${made.v}"` },
    body: kind.name(`Matrix after ${plural} ${number}`),
  });
  let last: Shown = renamed;
  for (const { move, body } of lives[life] ?? [])
    last = await portal.write('POST', `/v1/${plural}/${made.id}/${move}`, body ? { body } : {});
  const refs = [made.id, renamed.slug, made.slug];
  return {
    plural,
    life,
    id: made.id,
    v: last.v,
    refs,
    secret,
    ...(plural === 'companies' ? { registrationNumber } : {}),
  };
}
