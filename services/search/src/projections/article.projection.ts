import { type ArticleState, type LocalizedText, sortNameOf } from '@ortoo/shared/contracts';
import type { ProjectedState } from './index-document.ts';
import { projectLife } from './projected-life.ts';
import { compact, distinct, projectNames, projectText } from './projected-text.ts';

/**
 * What search keeps of an article: its headline is its name, all of it in the article's one language. It is found by every
 * name of the companies that it mentions, in whatever script, while the public sees them.
 */
export function projectArticle(id: string, state: ArticleState): ProjectedState {
  const { language, headline, summary, externalIds = [] } = state;
  const inLanguage = (text: string | undefined): LocalizedText => (text === undefined ? {} : { [language]: text });
  const names = projectNames([inLanguage(headline)]);
  const named = (state.mentioned ?? []).filter((company) => company.visible);
  return compact<ProjectedState>({
    ...projectLife(state),
    quality: 0,
    name_all: names,
    title: projectText(inLanguage(headline)),
    summary: projectText(inLanguage(summary)),
    body: projectText(inLanguage(readableText(state))),
    codes: [...new Set([id, ...externalIds.flatMap(({ system, value }) => [`${system}:${value}`, value])])],
    categories: distinct(state.categories ?? []),
    companyId: distinct(named.map((company) => company.id)),
    companyName: distinct(named.flatMap((company) => projectNames(company.names.map((text) => ({ en: text }))))),
    articleKind: state.articleKind,
    source: state.source?.domain,
    language: [language],
    sortName: sortNameOf(names[0] ?? ''),
    display: { name: inLanguage(headline), ...(summary === undefined ? {} : { summary: inLanguage(summary) }) },
  });
}

/** Where the rights allow an excerpt only, search knows what readers see: the headings. */
function readableText({ plainText, sections, rights }: ArticleState): string {
  return rights?.excerptOnly === true ? sections.map(({ heading }) => heading).join('\n') : plainText;
}
