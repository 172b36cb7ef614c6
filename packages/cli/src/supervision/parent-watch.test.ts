import { expect, test } from 'vitest';
import { isGoBetween } from './parent-watch.ts';

test.each([
  [['sh', '-c', 'node main.ts'], true],
  [['/bin/bash', '-c', 'node main.ts'], true],
  [['/usr/bin/node', '/clone/bin/ortoo.mjs', 'start'], true],
  [['node', '/cache/_npx/1/node_modules/.bin/ortoo', 'start'], true],
  [['npm', 'start'], false],
  [['-bash'], false],
  [['bash', 'run.sh'], false],
  [[], false],
])('the process %j is a go-between: %s', (args, isOne) => {
  expect(isGoBetween(args)).toBe(isOne);
});
