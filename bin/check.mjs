/**
 * The gates of `npm run check`, in the order of how soon each fails. All are run even when one fails, so that one
 * look shows everything; the exit code is 1 when any failed. `npm run check -- types unused` runs the named ones.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Name, command of node_modules/.bin and arguments. Each is proven by a seeded violation in test/contract. */
export const gates = [
  ['conventions', 'node', 'test/contract/conventions.ts'],
  ['format and lint', 'biome', 'check', '--error-on-warnings', '.'],
  ['type-aware lint', 'oxlint', '--type-aware', '--deny-warnings', '--tsconfig', 'tsconfig.json'],
  ['types', 'tsc', '--noEmit'],
  ['boundaries', 'node', 'test/contract/boundaries.ts'],
  ['unused', 'knip'],
  ['duplicate versions', 'node', 'test/contract/duplicate-versions.ts'],
  ['contract drift', 'node', 'test/contract/contract-drift.ts'],
  ['openapi drift', 'node', 'test/contract/openapi-drift.ts'],
  ['openapi lint', 'redocly', 'lint', 'openapi.json'],
  ['openapi breaks', 'node', 'test/contract/openapi-breaks.ts'],
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
      env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      signal: AbortSignal.timeout(GATE_DEADLINE_MS),
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

async function main(names) {
  const unknown = names.find((name) => !gates.some(([gate]) => gate === name));
  if (unknown !== undefined) {
    process.stderr.write(`"${unknown}" is no gate; there are: ${gates.map(([gate]) => gate).join(', ')}.\n`);
    process.exitCode = 2;
    return;
  }
  const chosen = names.length === 0 ? gates : gates.filter(([gate]) => names.includes(gate));
  const results = [];
  for (const gate of chosen) results.push(await run(gate));

  process.stdout.write('\n');
  for (const { name, isPassed, detail } of results) {
    process.stdout.write(`${isPassed ? '✓' : '✗'} ${name} (${detail})\n`);
  }
  const failed = results.filter((result) => !result.isPassed);
  process.stdout.write(
    failed.length === 0
      ? `All ${results.length} gates passed.\n`
      : `${failed.length} of ${results.length} gates failed.\n`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
