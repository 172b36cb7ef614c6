import { type Clock, ConfigError, type Logger, newSecret } from '@ortoo/shared/kernel';
import { hashSecret, isSecretOf, type Key, readKey, writeKey } from './key.rules.ts';
import type { KeyStore } from './key.store.ts';
import { recoverKeyFile, writeKeyDraft } from './key-file.ts';

/** The one id of the first admin key: whoever inserts it first has made it, and it is never made again. */
export const FIRST_KEY_ID = 'key_00000000000000000000000000';

type Options = { store: KeyStore; pepper: Buffer; clock: Clock; log: Logger; file?: string | undefined };

/**
 * Makes the first admin key when there was never one: written to `file` (mode 600) when that is given, otherwise printed
 * once as a log line. Of several replicas that start at once, one makes it. Throws when the file cannot be written, or
 * when there is none and the log would not show the line: the key is then not made, so that it is not lost.
 */
export async function ensureFirstKey(options: Options): Promise<void> {
  const { store, pepper, log, file } = options;
  const made = await store.find(FIRST_KEY_ID);
  if (!made) return makeFirstKey(options);
  const isThatKey = (text: string) => isSecretOf(made, readKey(text)?.secret ?? '', pepper);
  if (file !== undefined && (await recoverKeyFile(file, isThatKey)))
    log.info({ file }, 'the file of the first admin key was completed');
}

async function makeFirstKey({ store, pepper, clock, log, file }: Options): Promise<void> {
  if (file === undefined && !log.isLevelEnabled('info'))
    throw new ConfigError(
      `The first admin key has nowhere to go: set ADMIN_KEY_FILE, or LOG_LEVEL to info instead of ${log.level}.`,
    );
  const secret = newSecret(32);
  const text = writeKey({ id: FIRST_KEY_ID, secret });
  const draft = file === undefined ? undefined : await writeKeyDraft(file, text);
  const key: Key = {
    id: FIRST_KEY_ID,
    name: 'first admin key',
    scopes: ['admin'],
    hash: hashSecret(secret, pepper),
    createdAt: clock.now(),
  };
  // When this throws, the key may have been made all the same: the draft stays, and the next start completes it.
  const isMade = await store.insert(key);
  if (!isMade) await draft?.discard();
  else if (draft) {
    // Another replica that completed the file has said so.
    if (await draft.keep()) log.info({ file }, 'the first admin key was made and written to its file');
  } else log.info({ adminKey: text }, 'the first admin key was made; it is shown this once');
}
