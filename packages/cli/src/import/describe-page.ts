import type { Extraction } from '@ortoo/shared/contracts';
import type { PortalFrame } from './portal-page.rules.ts';

/** What was recognised in a page, a line each, for people. */
export function describePage(frame: PortalFrame, { fields, unsure }: Pick<Extraction, 'fields' | 'unsure'>): string[] {
  const { headline, source, editor, authors, sourcePublishedAt, language, sections, categories } = fields;
  const rows: [string, string | undefined, number | undefined][] = [
    ['title', headline?.value, headline?.confidence],
    ['source', source && [source.value.name, source.value.domain].filter(Boolean).join(', '), source?.confidence],
    ['editor', editor?.value, editor?.confidence],
    ['authors', authors?.value.join(', '), authors?.confidence],
    ['published', sourcePublishedAt && dateOf(sourcePublishedAt.value), sourcePublishedAt?.confidence],
    ['headings', sections?.value.map(({ heading }) => heading).join(' · '), sections?.confidence],
    ['language', language?.value, language?.confidence],
    ['about', categories?.value.join(', '), categories?.confidence],
  ];
  const read = rows.flatMap(([name, value, confidence]) =>
    value === undefined ? [] : [`${name.padEnd(10)} ${value} (${confidence})`],
  );
  return [...describeFrame(frame), ...read, ...(unsure.length > 0 ? [`unsure     ${unsure.join(', ')}`] : [])];
}

function describeFrame({ recognised, missing, unknown, known, hasEvents }: PortalFrame): string[] {
  if (recognised.length === 0) return ['categories no list of the portal in this page'];
  return [
    `categories ${recognised.length} of ${known} recognised`,
    ...(missing.length > 0 ? [`  missing: ${missing.join(', ')}`] : []),
    ...(unknown.length > 0 ? [`  not ours: ${unknown.join(', ')}`] : []),
    `events     ${hasEvents ? 'the section is there' : 'no section'}`,
  ];
}

const dateOf = ({ date, precision, tzid }: { date: string; precision: string; tzid?: string }) =>
  `${date}${tzid ? ` ${tzid}` : ''}, ${precision}`;
