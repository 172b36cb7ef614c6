/**
 * The gates of `npm run check`, in the order of how soon each fails. All are run even when one fails, so that one
 * look shows everything; the exit code is 1 when any failed.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const gates = [
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['type-aware lint', 'oxlint', '--type-aware', '--deny-warnings', '--tsconfig', 'tsconfig.json'],
  ['types', 'tsc', '--noEmit'],
  ['boundaries', 'node', 'test/contract/boundaries.ts'],
  ['unused', 'knip'],
  ['duplicate versions', 'node', 'test/contract/duplicate-versions.ts'],
  ['contract drift', 'node', 'test/contract/contract-drift.ts'],
  ['openapi drift', 'node', 'services/gateway/src/print-openapi.ts', '--check'],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const GATE_DEADLINE_MS = 300_000;

function run([name, command, ...args]) {
  const startedMs = Date.now();
  process.stdout.write(`▸ ${name}\n`);
  return new Promise((resolve) => {
    const child = spawn(`${root}/node_modules/.bin/${command}`, args, {
      cwd: root,
      stdio: 'inherit',
      timeout: GATE_DEADLINE_MS,
    });
    child.once('error', (error) => resolve({ name, isPassed: false, detail: error.message }));
    child.once('exit', (code, signal) => {
      const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
      resolve({
        name,
        isPassed: code === 0,
        detail: code === 0 ? `${seconds} s` : `${signal ?? `exit ${code}`} after ${seconds} s`,
      });
    });
  });
}

const results = [];
for (const gate of gates) results.push(await run(gate));

process.stdout.write('\n');
for (const { name, isPassed, detail } of results) process.stdout.write(`${isPassed ? '✓' : '✗'} ${name} (${detail})\n`);
const failed = results.filter((result) => !result.isPassed);
process.stdout.write(
  failed.length === 0
    ? `All ${results.length} gates passed.\n`
    : `${failed.length} of ${results.length} gates failed.\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
