import type { ApiClient } from '../seed/api.client.ts';
import type { Verb, VerbContext } from './verb.ts';

const which = '\nUses the Ortoo that runs from this folder, or the one that ORTOO_URL and ORTOO_KEY name.';

/** `ortoo rebuild` */
export const rebuildVerb: Verb = (program, runVerb) => {
  program
    .command('rebuild')
    .description('make the search index anew beside the one that answers, then let it answer')
    .addHelpText('after', which)
    .action(() =>
      runVerb(async (context) => {
        const { describeRebuild, rebuild } = await import('../upkeep/rebuild.ts');
        const api = await openApi(context, 'rebuild');
        const state = await context.screen.step(
          `Making the index of ${api.url} anew`,
          (report) => rebuild(api, report),
          describeRebuild,
        );
        return state.left > 0 ? 1 : 0;
      }),
    );
};

/** `ortoo reconcile` */
export const reconcileVerb: Verb = (program, runVerb) => {
  program
    .command('reconcile')
    .description('compare the search index with what its owners have, and mend what differs')
    .option('--full', 'compare every version instead of counts and sums by day first')
    .addHelpText('after', which)
    .action((options: { full?: boolean }) =>
      runVerb(async (context) => {
        const { describeReconcile, reconcile } = await import('../upkeep/reconcile.ts');
        const api = await openApi(context, 'reconcile');
        const { left } = await context.screen.step(
          `Comparing the index of ${api.url} with its owners`,
          (report) => reconcile(api, options.full === true, report),
          describeReconcile,
        );
        return left > 0 ? 1 : 0;
      }),
    );
};

async function openApi(context: VerbContext, verb: string): Promise<ApiClient> {
  const [{ createApiClient }, { findApi }] = await Promise.all([
    import('../seed/api.client.ts'),
    import('../state/find-api.ts'),
  ]);
  return createApiClient(await findApi(context, verb));
}
