import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the repository; the path is relative to its root, with slashes. */
export type RepositoryFile = { path: string; text: string };

/**
 * The text files below `root` that are or would be committed. Works without git, also where git refuses a folder of
 * another owner; therefore .gitignore may hold plain names, folders and `*.ending`, and this throws at anything else.
 */
export function readRepository(root: string): RepositoryFile[] {
  const isIgnored = readIgnored(readFileSync(join(root, '.gitignore'), 'utf8'));
  const walk = (folder: string): RepositoryFile[] =>
    readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (isIgnored(entry.name)) return [];
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() ? readText(root, path) : [];
    });
  return walk('');
}

/** Nothing for a binary file, and for one that was removed a moment ago. */
function readText(root: string, path: string): RepositoryFile[] {
  try {
    const text = readFileSync(join(root, path), 'utf8');
    return text.includes('\0') ? [] : [{ path, text }];
  } catch {
    return [];
  }
}

/** Whether a name is ignored by the lines of a .gitignore. Throws at a line that is no plain name. */
export function readIgnored(gitignore: string): (name: string) => boolean {
  const lines = gitignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const odd = lines.find((line) => !/^(\*\.)?[\w.-]+\/?$/.test(line));
  if (odd !== undefined) throw new Error(`.gitignore has "${odd}"; a name, "folder/" or "*.ending" was expected.`);
  const names = ['.git', ...lines.map((line) => line.replace(/\/$/, ''))];
  return (name) =>
    names.some((ignored) => (ignored.startsWith('*') ? name.endsWith(ignored.slice(1)) : name === ignored));
}
