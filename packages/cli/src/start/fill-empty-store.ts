import { messageOf } from '../cli-error.ts';
import type { CliConfig } from '../config.ts';
import type { ProjectPaths } from '../project.ts';
import type { Screen } from '../screen/screen.ts';
import { createApiClient } from '../seed/api.client.ts';
import { describeCounts } from '../seed/seed.rules.ts';
import { isStoreEmpty, seed } from '../seed/seed.ts';
import { readSeedItems } from '../seed/seed-files.ts';
import { noteSeed, wasSeedCutShort } from '../seed/seed-state.ts';
import { showFaults } from '../seed/show-faults.ts';
import { findOwnKey } from '../state/admin-key.ts';

type Options = { config: CliConfig; paths: ProjectPaths; screen: Screen; url: string; signal: AbortSignal };

/**
 * Loads `data/` when the store holds nothing, or when an earlier loading was cut short. Faults are shown; what runs
 * goes on running.
 */
export async function fillEmptyStore({ config, paths, screen, url, signal }: Options): Promise<void> {
  const key = findOwnKey(config, paths.adminKeyFile);
  if (key === undefined) {
    screen.warn(
      `data/ is not loaded: no admin key is kept in ${paths.adminKeyFile}. With one: ORTOO_KEY=… npx ortoo seed`,
    );
    return;
  }
  const api = createApiClient({ url, key, signal });
  try {
    const isResumed = wasSeedCutShort(paths.seedFile);
    if (!isResumed && !(await isStoreEmpty(api))) return;
    const items = readSeedItems(paths.seedDir);
    noteSeed(paths.seedFile, { state: 'running' });
    const title = isResumed ? 'Loading data/, which was cut short' : 'Loading data/ into the empty store';
    const result = await screen.step(
      title,
      (report) => seed({ api, items, report, signal }),
      (counts) => `Loaded data/: ${describeCounts(counts)}`,
    );
    noteSeed(paths.seedFile, {
      state: 'done',
      created: result.created,
      present: result.present,
      failed: result.failed,
    });
    showFaults(result, screen);
  } catch (error) {
    if (!signal.aborted) screen.warn(`data/ was not loaded: ${messageOf(error)}`);
  }
}
