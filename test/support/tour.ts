import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const TOUR_DEADLINE_MS = 60_000;

/** What a part of each answer of the tour must be, in its order; empty where the answer is. */
export const TOUR = [
  ['Agriculture'],
  ['Why the Yoon administration'],
  [],
  ['Хангай Мод', '"consistent":true'],
  ['"v":2'],
  ['did you mean displayName?'],
  [],
];

/** Runs the commands of the README's tour as printed, against an API elsewhere. Answers what each `curl` printed. */
export async function playTour(api: {
  url: string;
  keyFile: string;
}): Promise<{ status: number | null; stderr: string; answers: string[] }> {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const [, tour] = /## A tour\n.*?```sh\n(.*?)```/s.exec(readme) ?? [];
  if (tour === undefined) throw new Error('README.md has no tour.');
  const folder = await mkdtemp(join(tmpdir(), 'ortoo-tour-'));
  try {
    const curl = `#!${process.execPath}\nimport(${JSON.stringify(join(root, 'test/support/curl.ts'))});\n`;
    await writeFile(join(folder, 'curl'), curl, { mode: 0o755 });
    const script = `set -eu\n${tour}`
      .replaceAll('localhost:8080', new URL(api.url).host)
      .replaceAll('.ortoo/admin-key', api.keyFile)
      .replaceAll(/^curl/gm, '\necho "@"\ncurl');
    const { stdout, stderr, status } = spawnSync('sh', ['-c', script], {
      cwd: folder,
      env: { ...process.env, PATH: `${process.env.PATH}${delimiter}${folder}` }, // ours only where the machine has none
      encoding: 'utf8',
      timeout: TOUR_DEADLINE_MS,
    });
    const [, ...answers] = stdout.split('@\n').map((text) => text.trim());
    return { status, stderr, answers };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
