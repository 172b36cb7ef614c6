/**
 * `npm run chaos -- --cycles N --seed S [--report FILE]`: plays N scenarios, drawn by the seed, against the product as
 * processes, and holds each against the invariants. The exit code is 1 when one was broken.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createSeededRandom } from '@ortoo/shared/kernel';
import { scenarios } from './scenarios.ts';
import { openServers, openStage } from './stage.ts';

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    report: { type: 'string' },
  },
});
const cycles = Number(values.cycles);
const seed = Number(values.seed);
if (!Number.isInteger(cycles) || cycles < 1 || !Number.isInteger(seed))
  throw new Error('--cycles must be a whole number above 0, --seed a whole number.');

/** A namespace grows with each cycle, and with it the time that a check takes. */
const CYCLES_PER_STAGE = 25;

const say = (line: string) => process.stdout.write(`${line}\n`);
const names = Object.keys(scenarios);
const random = createSeededRandom(seed);
const rows: Record<string, unknown>[] = [];
const { servers, stop } = await openServers();
try {
  for (let done = 0; done < cycles; ) {
    const stage = await openStage({ servers, seed: seed + done });
    try {
      for (const end = Math.min(cycles, done + CYCLES_PER_STAGE); done < end; done += 1) {
        const scenario = random.pick(names);
        const verdict = await stage.play(scenario).catch((error: unknown) => ({
          findings: [{ invariant: 'the-fault-lands', what: (error as Error).message }],
          counts: { ok: 0, refused: 0, unknown: 0 },
          convergedMs: 0,
          versionSamples: 0,
        }));
        rows.push({ cycle: done + 1, scenario, ...verdict });
        const { ok, refused, unknown } = verdict.counts;
        const fate =
          verdict.findings.length === 0 ? 'holds' : `BROKEN: ${JSON.stringify(verdict.findings.slice(0, 3))}`;
        say(`${done + 1}/${cycles} ${scenario}: ${ok} ok, ${refused} refused, ${unknown} unknown: ${fate}`);
      }
    } finally {
      await stage.close();
    }
  }
} finally {
  await stop();
}

const sum = (pick: (row: { counts: Record<string, number> }) => number) =>
  rows.reduce((total, row) => total + pick(row as { counts: Record<string, number> }), 0);
const broken = rows.filter(({ findings }) => (findings as unknown[]).length > 0);
const converged = rows.map(({ convergedMs }) => Number(convergedMs)).toSorted((a, b) => a - b);
const report = {
  seed,
  cycles: rows.length,
  broken: broken.length,
  writes: {
    ok: sum(({ counts }) => counts.ok ?? 0),
    refused: sum(({ counts }) => counts.refused ?? 0),
    unknown: sum(({ counts }) => counts.unknown ?? 0),
  },
  convergedMs: {
    p50: converged[Math.floor(converged.length / 2)],
    p99: converged[Math.floor(converged.length * 0.99)],
  },
  rows,
};
if (values.report) writeFileSync(values.report, `${JSON.stringify(report, null, 2)}\n`);
say(JSON.stringify({ ...report, rows: undefined }));
process.exitCode = broken.length > 0 ? 1 : 0;
