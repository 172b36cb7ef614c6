import { type Change, CompanyState, createParser, type MentionedCompany } from '@ortoo/shared/contracts';
import { Type } from 'typebox';
import { namesIn } from './company-names.rules.ts';
import type { KeptCompany } from './company-names.store.ts';

const parseNames = createParser(
  Type.Pick(CompanyState, ['displayName', 'legalName', 'altNames']),
  'company.unreadable',
);

/**
 * What news keeps of a company as a change or an export has it; undefined where the state is not with it. Throws
 * VALIDATION_FAILED for a state that has no names as the contract has them.
 */
export function keptCompany({ id, v, live, visible, state }: Omit<Change['data'], 'changes'>): KeptCompany | undefined {
  if (!live || !visible) return { id, v, visible: false, names: [], ...mergeOf(state) };
  return state && { id, v, visible: true, names: namesIn(parseNames(state)) };
}

function mergeOf(state: object | null | undefined): Pick<KeptCompany, 'mergedInto'> {
  const mergedInto = state && 'mergedInto' in state ? state.mergedInto : undefined;
  return typeof mergedInto === 'string' ? { mergedInto } : {};
}

/** Names that an article keeps of a company at most. */
const COPIED_MAX = 20;

/** What an article keeps of it. */
export function copyOf({ id, v, visible, names }: KeptCompany): MentionedCompany {
  return { id, v, visible, names: names.slice(0, COPIED_MAX).map(({ text }) => text) };
}
