import type { ImportOutcome } from '../import/import-page.ts';
import type { Verb, VerbContext } from './verb.ts';

type Options = { dryRun?: boolean; json?: boolean };

const which = `
FILE is plain text or HTML in UTF-8, at most 900 KB. What the page says is read by the API; the portal's categories and its
Events section are recognised. A page that is there already stays as it is.
Uses the Ortoo that runs from this folder, or the one that ORTOO_URL and ORTOO_KEY name.`;

/** `ortoo import page` */
export const importVerb: Verb = (program, runVerb) => {
  const group = program.command('import').description('take in what is written elsewhere').helpCommand(false);
  group
    .command('page')
    .argument('<file>', 'a page with an article')
    .description('read a raw page of the portal and store its article as a draft')
    .option('--dry-run', 'only show what is recognised')
    .option('--json', 'answer JSON, for scripts')
    .addHelpText('after', which)
    .action((file: string, options: Options) => runVerb((context) => runImportPage(file, options, context)));
};

async function runImportPage(file: string, { dryRun, json }: Options, context: VerbContext): Promise<number> {
  const [{ createApiClient }, { findApi }, { readPageFile }, { importPage }, { describePage }] = await Promise.all([
    import('../seed/api.client.ts'),
    import('../state/find-api.ts'),
    import('../import/page-file.ts'),
    import('../import/import-page.ts'),
    import('../import/describe-page.ts'),
  ]);
  const request = readPageFile(file);
  const api = createApiClient(await findApi(context, 'import page'));
  const { portal, extraction, outcome } = await importPage(api, request, dryRun === true);
  const { screen } = context;
  if (json) screen.line(JSON.stringify({ file, portal, ...extraction, outcome }, null, 2));
  else {
    for (const line of describePage(portal, extraction)) screen.line(line);
    screen.line(describeOutcome(outcome));
  }
  return 0;
}

function describeOutcome(outcome: ImportOutcome): string {
  if (outcome.state === 'dry-run') return 'Nothing was stored: this was a dry run.';
  if (outcome.state === 'present') return `The article is there already: ${outcome.id}. It stays as it is.`;
  return `The article is stored as a draft: ${outcome.id}.`;
}
