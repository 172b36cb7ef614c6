import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defaultRoot } from './service-process.ts';

/** A copy of this clone as it is now, in which a bug can be sown; gone after `remove`. */
export type ThrowawayCopy = { root: string; apply(patch: string): void; remove(): void };

const SCOPE = '@ortoo';

/** Copies what the services need to run. Packages are those of this clone, but our own are the copy's. */
export function makeThrowawayCopy(): ThrowawayCopy {
  const root = mkdtempSync(join(tmpdir(), 'ortoo-copy-'));
  for (const folder of ['packages', 'services', 'data']) {
    cpSync(join(defaultRoot, folder), join(root, folder), {
      recursive: true,
      filter: (path) => !/\/(node_modules|test)(\/|$)/.test(path.slice(defaultRoot.length)),
    });
  }
  cpSync(join(defaultRoot, 'package.json'), join(root, 'package.json'));
  linkPackages('', root);
  for (const folder of ['packages', 'services'])
    for (const name of readdirSync(join(root, folder))) linkPackages(join(folder, name), root);
  for (const folder of ['packages', 'services']) {
    for (const name of readdirSync(join(root, folder))) {
      const link = join(root, 'node_modules', SCOPE, name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, folder, name), link);
    }
  }
  return {
    root,
    apply: (patch) => void execFileSync('git', ['apply', '--recount', patch], { cwd: root, stdio: 'pipe' }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** A folder `node_modules` of links to the packages in this clone's. */
function linkPackages(place: string, root: string): void {
  const from = join(defaultRoot, place, 'node_modules');
  const to = join(root, place, 'node_modules');
  let names: string[];
  try {
    names = readdirSync(from);
  } catch {
    return; // most of our packages have none of their own
  }
  mkdirSync(to, { recursive: true });
  for (const name of names) if (name !== SCOPE) symlinkSync(join(from, name), join(to, name));
}
