import { readFileSync, writeFileSync } from 'node:fs';
import { newSecret } from '@ortoo/shared/kernel';
import { CliError, errnoOf, messageOf } from '../cli-error.ts';

const secretBytes = 32;

/** The secret that all services of this clone share: read from its file or, the first time, made and kept there. */
export function loadSecret(path: string): string {
  try {
    writeFileSync(path, `${newSecret(secretBytes)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw new CliError(`${path} cannot be written: ${messageOf(error)}`);
  }
  const secret = readFileSync(path, 'utf8').trim();
  if (secret.length >= secretBytes) return secret;
  throw new CliError(
    `${path} holds no secret of at least ${secretBytes} characters.`,
    'Remove the file (keys made with it stop working), or set ORTOO_SECRET.',
  );
}
