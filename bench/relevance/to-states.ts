import type { SearchKind } from '@ortoo/shared/contracts';
import { projectChange } from '../../services/search/src/projections/project-change.ts';

type ChangeData = Parameters<typeof projectChange>[0];
export type Document = ReturnType<typeof projectChange>;
export type Movie = {
  id: string;
  title: string;
  overview?: string;
  tags: string[];
  genres: string[];
  director?: string;
  actors: string[];
  characters: string[];
  year?: number;
};

const at = '2026-01-01T00:00:00.000Z';
const common = { createdAt: at, updatedAt: at, publishedAt: at, status: 'published' };

/** What an owner tells of a first version. */
export function changeOf(
  kind: SearchKind,
  id: string,
  { visible, state }: { visible: boolean; state: Record<string, unknown> },
): ChangeData {
  return { kind, id, v: 1, check: 0, live: true, visible, changedAt: at, changes: [], state };
}

/** A document as its owner would have published it, and as search keeps it. */
function publish(kind: SearchKind, id: string, state: Record<string, unknown>): Document {
  return projectChange(changeOf(kind, id, { visible: true, state: { ...common, ...state } }));
}

/** A movie is an offering: its overview the summary, who and what it is about the description. */
export function toMovie({ id, title, overview, director = '', year, ...lists }: Movie): Document {
  const about = [lists.tags, lists.genres, [director], lists.actors, lists.characters, [String(year ?? '')]];
  return publish('offering', `offering_${id}`, {
    name: { en: title },
    summary: { en: overview ?? '' },
    description: { en: about.map((words) => words.join(', ')).join('\n') },
    categories: { primary: 'none' },
    companyName: {},
  });
}

type Text = { language: 'mn' | 'en'; headline?: string; plainText: string; categories?: string[] };

/** A text is an article in its one language. */
export function toArticle(id: string, { language, headline = '', plainText, categories = [] }: Text): Document {
  return publish('article', `article_${id}`, { language, headline, plainText, sections: [], categories });
}

/** A row of the register is a company: its name with its legal form, as people write both. */
export function toCompany(row: number, line: string): Document {
  const [name = '', form = '', registrationNumber = ''] = line.split('|');
  return publish('company', `company_${row}`, {
    displayName: { mn: `${name} ${form}`.trim() },
    legalName: { mn: name },
    registrationNumber,
    categories: { primary: 'none' },
    quality: { score: 0.5 },
  });
}
