import { CliError } from '../cli-error.ts';
import type { VerbContext } from '../verbs/verb.ts';

/** The Ortoo that a verb speaks to: the one that ORTOO_URL and ORTOO_KEY name, or the one that runs from this folder. */
export async function findApi(
  { config, paths }: Pick<VerbContext, 'config' | 'paths'>,
  verb: string,
): Promise<{ url: string; key: string }> {
  const [{ isProcessAlive }, { readRun }, { findOwnKey }] = await Promise.all([
    import('@ortoo/stack'),
    import('./run-file.ts'),
    import('./admin-key.ts'),
  ]);
  if (config.apiUrl !== undefined) {
    // The key of this clone is not for a server elsewhere.
    if (config.apiKey === undefined)
      throw new CliError('ORTOO_URL is set without ORTOO_KEY.', `ORTOO_KEY=… npx ortoo ${verb}`);
    return { url: config.apiUrl, key: config.apiKey };
  }
  const url = readRun(paths.runFile, isProcessAlive)?.url;
  if (url === undefined)
    throw new CliError(
      'Nothing runs from this folder.',
      'npm start, or name another one with ORTOO_URL and ORTOO_KEY.',
    );
  const key = findOwnKey(config, paths.adminKeyFile);
  if (key === undefined)
    throw new CliError(`No admin key is kept in ${paths.adminKeyFile}.`, `ORTOO_KEY=… npx ortoo ${verb}`);
  return { url, key };
}
