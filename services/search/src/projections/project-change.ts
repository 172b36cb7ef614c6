import {
  type ArticleState,
  type CalendarEventState,
  type CategoryState,
  type CompanyState,
  type OfferingState,
  type SearchKind,
  searchKinds,
} from '@ortoo/shared/contracts';
import { projectArticle } from './article.projection.ts';
import { projectCategory } from './category.projection.ts';
import { projectCompany } from './company.projection.ts';
import { projectEvent } from './event.projection.ts';
import type { ChangeData, IndexDocument, ProjectedState } from './index-document.ts';
import { projectOffering } from './offering.projection.ts';
import { foldName } from './projected-text.ts';

/**
 * The index document of a document's state. Pure: the same data give the same document. Throws when the kind is not
 * searched, when a live document comes without state, or when the state is not what its kind's schema says; such a
 * change is poison, since a repeat would throw again.
 */
export function projectChange(data: ChangeData): IndexDocument {
  const { id, v, check, changedAt } = data;
  const kind = requireKind(data.kind);
  if (!data.live) return { kind, id, v, check, live: false, visible: false, changedAt };
  if (!data.state) throw new Error(`the change of ${id} at version ${v} has no state`);
  const projected = projectState(kind, id, data.state);
  const nameFold = [...new Set(projected.name_all.flatMap((name) => Object.values(foldName(name))))];
  return { kind, id, v, check, live: true, visible: data.visible, changedAt, ...projected, nameFold };
}

function projectState(kind: SearchKind, id: string, state: unknown): ProjectedState {
  switch (kind) {
    case 'company':
      return projectCompany(id, state as CompanyState);
    case 'offering':
      return projectOffering(id, state as OfferingState);
    case 'article':
      return projectArticle(id, state as ArticleState);
    case 'event':
      return projectEvent(id, state as CalendarEventState);
    case 'category':
      return projectCategory(id, state as CategoryState);
  }
}

function requireKind(kind: string): SearchKind {
  if (!(searchKinds as readonly string[]).includes(kind)) throw new Error(`search keeps no ${kind}`);
  return kind as SearchKind;
}
