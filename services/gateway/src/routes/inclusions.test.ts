import { testContext } from '@ortoo/shared/testing';
import { expect, test } from 'vitest';
import { embed, requireAffordable } from './inclusions.ts';

test('a page embeds at most 100 documents', () => {
  expect(() => requireAffordable(100, ['category'])).not.toThrow();
  expect(() => requireAffordable(50, ['category', 'company'])).not.toThrow();
  expect(() => requireAffordable(100, [])).not.toThrow();
  expect(() => requireAffordable(51, ['category', 'company'])).toThrow(
    expect.objectContaining({
      code: 'VALIDATION_FAILED',
      details: { errors: [expect.objectContaining({ pointer: '/include' })] },
    }),
  );
});

test('what a page names is asked for once, each once, and what is missing is left out', async () => {
  const asked: string[][] = [];
  const category = {
    view: 'Category',
    scope: 'catalog:write' as const,
    member: 'code',
    idOf: ({ code }: Record<string, unknown>) => code as string | undefined,
    getMany: async (_ctx: unknown, { ids }: { ids: string[] }) => {
      asked.push(ids);
      return { body: '[{"id":"food","v":1}]', meta: {} };
    },
  };
  const page = await embed(
    testContext(),
    [{ id: '1', code: 'food', x: 1 }, { id: '2', code: 'gone' }, { id: '3', code: 'food' }, { id: '4' }],
    {
      inclusions: { category },
      names: ['category'],
      fields: ['id'],
      lang: 'en',
      viewOf: () => 'public',
    },
  );
  expect(asked).toEqual([['food', 'gone']]);
  expect(page).toEqual([
    { id: '1', included: { category: { id: 'food', v: 1 } } },
    { id: '2', included: {} },
    { id: '3', included: { category: { id: 'food', v: 1 } } },
    { id: '4', included: {} },
  ]);
});
