/**
 * `npm run chaos:bugs [-- NAME …]`: sows each known bug in a copy of the clone, plays the scenario that must show it, and
 * prints what the checker found. The exit code is 1 when a bug went unseen.
 */
import { join } from 'node:path';
import { scenarioOfBug } from './scenarios.ts';
import { defaultRoot } from './service-process.ts';
import { openServers, openStage } from './stage.ts';
import { makeThrowawayCopy } from './throwaway-copy.ts';

/** Without the bug the product is at rest after a second or two. */
const QUIESCE_MS = 12_000;

const asked = process.argv.slice(2);
const bugs = Object.entries(scenarioOfBug).filter(([name]) => asked.length === 0 || asked.includes(name));
const say = (line: string) => process.stdout.write(`${line}\n`);
const unseen: string[] = [];
const { servers, stop } = await openServers();
say('| bug | scenario | caught by |\n| --- | --- | --- |');
try {
  for (const [bug, scenario] of bugs) {
    const caught = await play(bug, scenario);
    if (caught.length === 0) unseen.push(bug);
    say(`| ${bug} | ${scenario} | ${caught.join(', ') || 'NOTHING'} |`);
  }
} finally {
  await stop();
}
say(unseen.length === 0 ? `All ${bugs.length} bugs were caught.` : `Not caught: ${unseen.join(', ')}.`);
process.exitCode = unseen.length === 0 ? 0 : 1;

/** The invariants that the bug was seen to break. */
async function play(bug: string, scenario: string): Promise<string[]> {
  const copy = makeThrowawayCopy();
  try {
    copy.apply(join(defaultRoot, 'test/resilience/bugs', `${bug}.patch`));
    const stage = await openStage({ servers, seed: 1, root: copy.root });
    try {
      const { findings } = await stage.play(scenario, { quiesceMs: QUIESCE_MS });
      const counts = Map.groupBy(findings, ({ invariant }) => invariant);
      return [...counts].map(([invariant, some]) => `${invariant} × ${some.length}`);
    } finally {
      await stage.close();
    }
  } finally {
    copy.remove();
  }
}
