import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRepository } from '../contract/repository.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a program ended, and what it printed to both streams. */
export type Run = { code: number; output: string };

/** The repository as it stands, in a folder that may be changed; its packages are those of the original. */
export type RepositoryCopy = {
  dir: string;
  write(path: string, text: string): Promise<void>;
  /** Puts text right behind a passage. Throws when the passage is not in the file, or more than once. */
  insert(insertion: { file: string; find: string; insert: string }): Promise<void>;
  /** Runs Node in the copy, with the variables given and none that would tie it to the run that called it. */
  node(args: string[], env?: Record<string, string>): Promise<Run>;
  remove(): Promise<void>;
};

const RUN_DEADLINE_MS = 240_000;
const SCOPE = '@ortoo';

export async function copyRepository(): Promise<RepositoryCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'ortoo-copy-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  };
  for (const { path, text } of readRepository(root)) await write(path, text);
  await linkPackages('.', dir);
  for (const folder of ['packages', 'services'])
    for (const name of await readdir(join(root, folder))) await linkPackages(join(folder, name), dir);
  return {
    dir,
    write,
    insert: async ({ file, find, insert }) => {
      const text = await readFile(join(dir, file), 'utf8');
      const count = text.split(find).length - 1;
      if (count !== 1) throw new Error(`${file} has ${count} times, where once was expected:\n${find}`);
      await writeFile(
        join(dir, file),
        text.replace(find, () => find + insert),
      );
    },
    node: (args, env = {}) => runNode(dir, args, env),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Links what is installed in one package folder; our own packages lead to the copy, the others to the original. */
async function linkPackages(folder: string, dir: string): Promise<void> {
  const installed = join(root, folder, 'node_modules');
  if (!existsSync(installed)) return;
  await mkdir(join(dir, folder, 'node_modules'), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name === SCOPE || name.startsWith('.v') || name === '.cache') continue;
    await symlink(join(installed, name), join(dir, folder, 'node_modules', name));
  }
  if (folder !== '.') return;
  await mkdir(join(dir, 'node_modules', SCOPE));
  for (const group of ['packages', 'services'])
    for (const name of await readdir(join(dir, group)))
      await symlink(join(dir, group, name), join(dir, 'node_modules', SCOPE, name));
}

function runNode(dir: string, args: string[], given: Record<string, string>): Promise<Run> {
  const own = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|CI$|NODE_ENV$|NODE_OPTIONS$)/.test(name));
  const options = {
    cwd: dir,
    env: { ...Object.fromEntries(own), NO_COLOR: '1', ...given },
    timeout: RUN_DEADLINE_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: `${stdout}${stderr}` });
    });
  });
}
