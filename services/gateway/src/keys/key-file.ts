import { access, chmod, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { newSecret } from '@ortoo/shared/kernel';

/** A key written beside its file: it only gets the name once it counts, and so never takes that of another replica's. */
export type KeyDraft = {
  /** Answers whether it gave the draft its name; false when a replica that started meanwhile has done it. */
  keep(): Promise<boolean>;
  discard(): Promise<void>;
};

/** Writes a key to `<file>.<random>.new` with mode 600, on the disk before this answers. Throws a sentence that names the file. */
export async function writeKeyDraft(file: string, text: string): Promise<KeyDraft> {
  const path = `${file}.${newSecret(6)}.new`;
  try {
    await using handle = await open(path, 'wx', 0o600);
    await handle.writeFile(`${text}\n`);
    await handle.sync();
    await chmod(path, 0o600); // whatever the umask
  } catch (cause) {
    await rm(path, { force: true });
    throw new Error(`The first admin key cannot be written to ${file} (ADMIN_KEY_FILE): ${(cause as Error).message}`, {
      cause,
    });
  }
  return {
    keep: () => renameUnlessGone(path, file),
    discard: () => rm(path, { force: true }),
  };
}

/** Answers whether it renamed; false when `path` is not there any more. */
async function renameUnlessGone(path: string, file: string): Promise<boolean> {
  return rename(path, file).then(() => true, falseWhenGone);
}

function falseWhenGone(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}

/**
 * Completes what a start left undone that died after the key was made and before its draft got the name. Answers
 * whether there was something to complete; drafts of keys that never counted are removed. Drafts may go while this
 * reads them: the replicas that wrote them run too.
 */
export async function recoverKeyFile(file: string, isThatKey: (text: string) => boolean): Promise<boolean> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) return false;
  const names = await readdir(dirname(file)).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(`${basename(file)}.`) && one.endsWith('.new'))) {
    const path = join(dirname(file), name);
    const text = await readFile(path, 'utf8').catch(falseWhenGone);
    if (text === false) continue;
    if (isThatKey(text.trim())) return renameUnlessGone(path, file);
    await rm(path, { force: true });
  }
  return false;
}
