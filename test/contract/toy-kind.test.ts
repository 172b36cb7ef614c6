import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { insertions } from '../support/toy-kind/insertions.ts';
import { root } from './seeded-tree.ts';

test.each(insertions)('the toy kind finds its place in $file: $find', ({ file, find }) => {
  expect(readFileSync(join(root, file), 'utf8').split(find)).toHaveLength(2);
});
