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
  const [{ createApiClient }, { findApi }, { readSeedItems }, { seed }, { describeCounts }, { showFaults }] =
    await Promise.all([
      import('../seed/api.client.ts'),
      import('../state/find-api.ts'),
      import('../seed/seed-files.ts'),
      import('../seed/seed.ts'),
      import('../seed/seed.rules.ts'),
      import('../seed/show-faults.ts'),
    ]);
  const api = createApiClient(await findApi({ config, paths }, 'seed'));
  const items = readSeedItems(paths.seedDir);
  const result = await screen.step(
    `Loading data/ into ${api.url}`,
    (report) => seed({ api, items, report }),
    (counts) => `Loaded data/: ${describeCounts(counts)}`,
  );
  showFaults(result, screen);
  return result.failed > 0 || result.notFresh !== null ? 1 : 0;
}
