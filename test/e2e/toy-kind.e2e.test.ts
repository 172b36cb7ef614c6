import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { RepositoryCopy, Run } from '../support/repository-copy.ts';
import { addToyKind, writtenFiles } from '../support/toy-kind/add-toy-kind.ts';

/** A part runs alone in seconds; beside everything else on a small machine it may take minutes. */
const PART_MS = 250_000;
const vitest = 'node_modules/vitest/vitest.mjs';

let copy: RepositoryCopy;
beforeAll(async () => {
  copy = await addToyKind();
});
afterAll(() => copy?.remove());

/** Runs tests in the copy on the servers of this run; all that were named must have run. */
function runTests(...args: string[]): Promise<Run> {
  const { mongoUrl, natsUrl, elasticsearchUrl } = inject('servers');
  return copy.node([vitest, 'run', ...args], {
    MONGO_URL: mongoUrl,
    NATS_URL: natsUrl,
    ELASTICSEARCH_URL: elasticsearchUrl,
    ORTOO_STACK: 'given',
  });
}

function expectPassed({ code, output }: Run, ...shown: (string | RegExp)[]): void {
  expect(code, output).toBe(0);
  for (const text of shown) expect(output).toMatch(text);
}

test('the steps that CONTRIBUTING.md lists are those that are taken, no more and no fewer', async () => {
  const page = await readFile(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const [, steps = ''] = /^## How to add a resource\n[\s\S]*?^(1\. [\s\S]*?)^## /m.exec(page) ?? [];
  const named = [...steps.matchAll(/`(?:[\w./-]*\/)?([\w.-]+\.ts)`/g)].map(([, name = '']) => name);
  expect(named.toSorted()).toEqual((await writtenFiles()).map((path) => basename(path)).toSorted());
});

test(
  'a kind that was added by the steps of CONTRIBUTING.md alone holds the promises of every kind, over the bus and over HTTP',
  async () => {
    const files = ['services/catalog/test/stations.int.test.ts', 'test/e2e/station.e2e.test.ts'];
    expectPassed(await runTests('--project', 'servers', ...files), /Test Files +2 passed/);
  },
  PART_MS,
);

test(
  'its writes are guarded as those of every kind',
  async () => {
    const matrix = ['services/gateway/test/writing.int.test.ts', '-t', 'every write of stations'];
    expectPassed(await runTests('--project', 'servers', ...matrix), /Test Files +1 passed/, /Tests +\d\d passed/);
  },
  PART_MS,
);

test(
  'its rules, contracts, projection and description pass the tests that watch over them',
  async () => {
    const watched = [
      'services/catalog/src/stations',
      'services/search/src/projections',
      'services/search/src/index/definition.test.ts',
      'packages/shared/src/contracts',
      'services/gateway/src/app.test.ts',
      'test/contract/contract-drift.test.ts',
      'test/contract/openapi-drift.test.ts',
    ];
    expectPassed(await runTests('--project', 'pure', ...watched), /station\.rules\.test\.ts/);
  },
  PART_MS,
);

test(
  'the compiler finds nothing that it was forgotten in',
  async () => {
    expectPassed(await copy.node(['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']));
  },
  PART_MS,
);
