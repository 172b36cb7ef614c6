import { expect, test } from 'vitest';
import type { AppError } from '../kernel/errors.ts';
import { parseRef, requireSeen } from './references.ts';

const document = { visible: true, state: { slug: 'говь' } };
const at = (ref: string, view: 'public' | 'staff' = 'public') => ({ kind: 'company' as const, ref, view });

test('an id and a slug are told apart, and letter case of a slug does not count', () => {
  expect(parseRef('company', 'company_01h455vb4pex5vsknk084sn02q')).toMatchObject({ type: 'id' });
  expect(parseRef('company', 'Company-Ltd')).toEqual({ type: 'slug', key: 'slug:company-ltd' });
});

test('the current slug and the id answer the document, an old slug where it moved', () => {
  expect(requireSeen(document, at('Говь'))).toBe(document);
  expect(requireSeen(document, at('company_1'))).toBe(document);
  expect(requireSeen(document, at('алтай'))).toEqual({ movedTo: 'говь' });
});

test('what is hidden from the public is refused in the same words as what does not exist', () => {
  const hidden = { ...document, visible: false };
  const refusalOf = (found: typeof document | undefined) => {
    try {
      return requireSeen(found, at('говь'));
    } catch (error) {
      const { code, reason, message } = error as AppError;
      return { code, reason, message };
    }
  };
  expect(refusalOf(hidden)).toMatchObject({ code: 'NOT_FOUND', reason: 'company.not-found' });
  expect(refusalOf(hidden)).toEqual(refusalOf(undefined));
  expect(requireSeen(hidden, at('говь', 'staff'))).toBe(hidden);
});
