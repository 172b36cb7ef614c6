import { expect, test } from 'vitest';
import { formOf } from './expected-forms.ts';
import { createParser, IdOf, rpcCalls } from './index.ts';

type Form = { pattern?: string; format?: string };

/** Every pattern and format that a schema asks for, wherever in it. */
function formsIn(node: unknown): Form[] {
  if (typeof node !== 'object' || node === null) return [];
  const { pattern, format } = node as Form;
  const own = typeof pattern === 'string' || typeof format === 'string' ? [{ pattern, format } as Form] : [];
  return [...own, ...Object.values(node).flatMap(formsIn)];
}

const asked = Object.values(rpcCalls).flatMap(({ request }) => formsIn(request));
const distinct = [...new Map(asked.map((form) => [form.pattern ?? form.format, form])).entries()];

test.each(distinct)('what a text like %s has to look like is said in words', (_name, form) => {
  const said = formOf(form);
  expect(said).toMatch(/^[a-z0-9]/);
  expect(said).not.toMatch(/\\[a-z]|\[\^?[a-z]|\{\d|\(\?|\^|\$/i);
});

test('the forms of the contracts are found', () => {
  expect(distinct.length).toBeGreaterThan(20);
});

test('a fault says the words, never the pattern', () => {
  const parse = createParser(IdOf('offering'));
  expect(() => parse('offering_1')).toThrow(
    expect.objectContaining({
      details: { errors: [{ pointer: '', message: 'is not in the expected form', expected: 'the id of an offering' }] },
    }),
  );
  expect(formOf({ pattern: '^[0-9]+$' })).toBeUndefined();
});
