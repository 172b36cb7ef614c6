import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyRepository, type RepositoryCopy } from '../repository-copy.ts';
import { insertions } from './insertions.ts';

const files = fileURLToPath(new URL('./files', import.meta.url));
const INDEX = 'services/search/src/index';

/** Prints what a raised version of the index is made of, as `definition.test.ts` compares it. */
const PRINT_HASHES = `
  const { INDEX_HASH, INDEX_VERSION } = await import('./${INDEX}/definition.ts');
  const { goldenChanges } = await import('./services/search/src/projections/golden-states.ts');
  const { projectChange } = await import('./services/search/src/projections/project-change.ts');
  const { createHash } = await import('node:crypto');
  const text = JSON.stringify(Object.values(goldenChanges).map(projectChange));
  const documents = createHash('sha256').update(text).digest('hex').slice(0, 12);
  console.log(JSON.stringify({ version: INDEX_VERSION + 1, hash: INDEX_HASH, documents }));`;

/** The files that the new kind brings, by their place in the repository. */
async function newFiles(): Promise<string[]> {
  const entries = await readdir(files, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(files, join(parentPath, name)).replace(/\.txt$/, ''));
}

/** Every file that is written for the new kind, apart from those that a command writes. */
export async function writtenFiles(): Promise<string[]> {
  const raised = [`${INDEX}/definition.ts`, `${INDEX}/definition.test.ts`];
  return [...new Set([...(await newFiles()), ...insertions.map(({ file }) => file), ...raised])];
}

/** A copy of the repository to which the kind `station` was added as CONTRIBUTING.md says, and in no other way. */
export async function addToyKind(): Promise<RepositoryCopy> {
  const copy = await copyRepository();
  try {
    for (const path of await newFiles()) await copy.write(path, await readFile(join(files, `${path}.txt`), 'utf8'));
    for (const insertion of insertions) await copy.insert(insertion);
    await must(copy, ['test/contract/contract-drift.ts', '--update']);
    await raiseIndexVersion(copy);
    await must(copy, ['services/gateway/src/print-openapi.ts']);
    return copy;
  } catch (error) {
    await copy.remove();
    throw error;
  }
}

async function must(copy: RepositoryCopy, args: string[]): Promise<string> {
  const { code, output } = await copy.node(args);
  if (code !== 0) throw new Error(`node ${args.join(' ')} failed:\n${output}`);
  return output;
}

/** The golden state of the new kind changes what an index holds: the version rises and gets its row. */
async function raiseIndexVersion(copy: RepositoryCopy): Promise<void> {
  const printed = await must(copy, ['--input-type=module', '-e', PRINT_HASHES]);
  const row = /\{"version".*\}/.exec(printed)?.[0] ?? '';
  const { version } = JSON.parse(row) as { version: number };
  const definition = await readFile(join(copy.dir, INDEX, 'definition.ts'), 'utf8');
  await copy.write(`${INDEX}/definition.ts`, definition.replace(/INDEX_VERSION = \d+/, `INDEX_VERSION = ${version}`));
  const rows = await readFile(join(copy.dir, INDEX, 'definition.test.ts'), 'utf8');
  await copy.write(
    `${INDEX}/definition.test.ts`,
    rows.replace(/(const versions = \[[\s\S]*?\})(,?\s*\];)/, `$1, ${row}$2`),
  );
}
