import { type CategoryState, type LocalizedText, localeTags, sortNameOf } from '@ortoo/shared/contracts';
import type { ProjectedState } from './index-document.ts';
import { compact, joinText, projectNames, projectText } from './projected-text.ts';

/**
 * What search keeps of a category. Its synonyms are text, not names: a company that is called like a synonym comes
 * before the category.
 */
export function projectCategory(id: string, state: CategoryState): ProjectedState {
  const names = projectNames([state.name]);
  return compact<ProjectedState>({
    updatedAt: state.updatedAt,
    newestAt: state.createdAt,
    quality: 0,
    name_all: names,
    title: projectText(state.name),
    summary: joinText(projectText(state.description), projectText(joinSynonyms(state))),
    body: {},
    codes: [id],
    sortName: sortNameOf(names[0] ?? ''),
    display: { name: state.name, ...(state.description ? { summary: state.description } : {}) },
  });
}

function joinSynonyms({ synonyms }: CategoryState): LocalizedText {
  return Object.fromEntries(localeTags.flatMap((tag) => (synonyms?.[tag] ? [[tag, synonyms[tag].join(', ')]] : [])));
}
