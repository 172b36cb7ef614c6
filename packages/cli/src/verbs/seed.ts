import { CliError } from '../cli-error.ts';
import type { Verb, VerbContext } from './verb.ts';

/** `ortoo seed` */
export const seedVerb: Verb = (program, runVerb) => {
  program
    .command('seed')
    .description('load data/ through the API; what is already there stays as it is')
    .addHelpText('after', '\nUses the Ortoo that runs from this folder, or the one that ORTOO_URL and ORTOO_KEY name.')
    .action(() => runVerb(runSeed));
};

async function runSeed({ config, paths, screen }: VerbContext): Promise<number> {
  const [{ createApiClient }, { readSeedItems }, { seed }, { describeCounts }, { showFaults }] = await Promise.all([
    import('../seed/api.client.ts'),
    import('../seed/seed-files.ts'),
    import('../seed/seed.ts'),
    import('../seed/seed.rules.ts'),
    import('../seed/show-faults.ts'),
  ]);
  const api = createApiClient(await findApi({ config, paths, screen }));
  const items = readSeedItems(paths.seedDir);
  const result = await screen.step(
    `Loading data/ into ${api.url}`,
    (report) => seed({ api, items, report }),
    (counts) => `Loaded data/: ${describeCounts(counts)}`,
  );
  showFaults(result, screen);
  return result.failed > 0 || result.notFresh !== null ? 1 : 0;
}

async function findApi({ config, paths }: VerbContext): Promise<{ url: string; key: string }> {
  const [{ isProcessAlive }, { readRun }, { readAdminKey }] = await Promise.all([
    import('@ortoo/stack'),
    import('../state/run-file.ts'),
    import('../state/admin-key.ts'),
  ]);
  if (config.apiUrl !== undefined) {
    // The key of this clone is not for a server elsewhere.
    if (config.apiKey === undefined)
      throw new CliError('ORTOO_URL is set without ORTOO_KEY.', 'ORTOO_KEY=… npx ortoo seed');
    return { url: config.apiUrl, key: config.apiKey };
  }
  const url = readRun(paths.runFile, isProcessAlive)?.url;
  if (url === undefined)
    throw new CliError(
      'Nothing runs from this folder.',
      'npm start, or name another one with ORTOO_URL and ORTOO_KEY.',
    );
  const key = config.apiKey ?? readAdminKey(paths.adminKeyFile);
  if (key === undefined)
    throw new CliError(`No admin key is kept in ${paths.adminKeyFile}.`, 'ORTOO_KEY=… npx ortoo seed');
  return { url, key };
}
