import { AppError } from '@ortoo/shared/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCursors } from './cursor.ts';

const cursors = createCursors(Buffer.alloc(32, 1));
const scopes = fc.record({
  route: fc.constantFrom('/v1/companies', '/v1/articles'),
  filters: fc.dictionary(fc.string(), fc.array(fc.string())),
  sort: fc.option(fc.array(fc.string()), { nil: undefined }),
  view: fc.constantFrom('public', 'staff'),
});
const positions = fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { minLength: 1, maxLength: 5 });
const isRefused = (work: () => unknown) => {
  expect(work).toThrow(AppError);
  expect(work).toThrow(/cursor/);
};

test('a cursor gives back the position that it was made for', () => {
  fc.assert(
    fc.property(scopes, positions, (scope, position) => {
      expect(cursors.open(scope, cursors.seal(scope, position))).toEqual(position);
    }),
  );
});

test('a cursor holds for its query whatever the order of the parameters', () => {
  const cursor = cursors.seal({ route: '/v1/companies', filters: { region: ['MN-1'], category: ['mining'] } }, ['a']);
  expect(cursors.open({ filters: { category: ['mining'], region: ['MN-1'] }, route: '/v1/companies' }, cursor)).toEqual(
    ['a'],
  );
});

test('a cursor of another query is refused', () => {
  fc.assert(
    fc.property(scopes, scopes, positions, (scope, other, position) => {
      fc.pre(JSON.stringify(scope) !== JSON.stringify(other));
      isRefused(() => cursors.open(other, cursors.seal(scope, position)));
    }),
  );
});

test('a cursor with any one character changed, cut or added is refused', () => {
  const scope = { route: '/v1/companies' };
  fc.assert(
    fc.property(positions, fc.nat(), fc.constantFrom('A', 'b', '.', '-', '', '=', 'é'), (position, at, put) => {
      const cursor = cursors.seal(scope, position);
      const index = at % (cursor.length + 1);
      const bent = `${cursor.slice(0, index)}${put}${cursor.slice(index + 1)}`;
      fc.pre(bent !== cursor);
      isRefused(() => cursors.open(scope, bent));
    }),
  );
});

test('a cursor made with another secret is refused', () => {
  const foreign = createCursors(Buffer.alloc(32, 2));
  isRefused(() => cursors.open({}, foreign.seal({}, ['a'])));
});
