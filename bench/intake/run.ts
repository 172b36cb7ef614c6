import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { halves } from './labelled-pages.ts';
import { type Miss, measureHalf } from './measure.ts';
import { describeHalf } from './report.ts';

/**
 * `npm run bench:intake`: how well raw pages are read. `-- --misses` also lists what was misread in the half to tune on; what
 * is wrong in the measuring half is not shown, so that nobody tunes on it.
 */
const resultFile = join(import.meta.dirname, '../results/intake.json');

function describeMiss({ page, field, expected, found }: Miss): string {
  return `${page} ${field}: expected ${JSON.stringify(expected)}, read ${JSON.stringify(found)}`;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

const measurements = halves.map((half) => ({ half, ...measureHalf(half) }));
for (const { half, result } of measurements) say(describeHalf(half, result));
if (process.argv.includes('--misses')) {
  for (const miss of measurements.find(({ half }) => half === 'tune')?.misses ?? []) say(describeMiss(miss));
}
const results = Object.fromEntries(measurements.map(({ half, result }) => [half, result]));
writeFileSync(resultFile, `${JSON.stringify(results, null, 2)}\n`);
