import { CliError } from '../cli-error.ts';
import { readRun } from '../state/run-file.ts';
import { buildStatus, describeStatus, isAnythingUp } from '../state/status.ts';
import { stackOptions } from './stack-options.ts';
import type { Verb } from './verb.ts';

/** `ortoo status` */
export const statusVerb: Verb = (program, runVerb) => {
  program
    .command('status')
    .description('show what runs from this folder and where')
    .option('--json', 'answer JSON, for scripts')
    .action((options: { json?: boolean }) =>
      runVerb(async (context) => {
        const { isProcessAlive, stackStatus } = await import('@ortoo/stack');
        const run = readRun(context.paths.runFile, isProcessAlive);
        const { servers } = await stackStatus(stackOptions(context, () => {}));
        const status = buildStatus(run, servers);
        if (!isAnythingUp(status)) throw new CliError('Nothing runs from this folder.', 'npm start');
        context.screen.line(options.json ? JSON.stringify(status, null, 2) : describeStatus(status, run?.state));
        return 0;
      }),
    );
};
