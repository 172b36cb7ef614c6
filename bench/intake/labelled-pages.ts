import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pages to tune the readers on, and pages that only measure them. */
export const halves = ['tune', 'measure'] as const;
export type Half = (typeof halves)[number];

/**
 * What a person reads in a page. What the page does not say is absent; `categories` is absent where it is not clear. More
 * than one `date` is the same moment in two zones.
 */
export type Labels = {
  headline?: string;
  source?: { name?: string; domain?: string };
  editor?: string;
  authors?: string[];
  date?: string | string[];
  headings: string[];
  language?: string;
  categories?: string[];
};
export type LabelledPage = { name: string; request: { text: string } | { html: string }; labels: Labels };

const pagesDir = join(import.meta.dirname, 'pages');

/** The pages of a half in the order of their labels. */
export function readLabelledPages(half: Half): LabelledPage[] {
  const lines = readFileSync(join(pagesDir, half, 'labels.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const { page, ...labels } = JSON.parse(line) as Labels & { page: string };
    const content = readFileSync(join(pagesDir, half, page), 'utf8');
    return { name: `${half}/${page}`, request: page.endsWith('.html') ? { html: content } : { text: content }, labels };
  });
}
