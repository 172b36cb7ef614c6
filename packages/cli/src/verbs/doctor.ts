import type { Verb, VerbContext } from './verb.ts';

/** `ortoo doctor` */
export const doctorVerb: Verb = (program, runVerb) => {
  program
    .command('doctor')
    .description('say what is present, what is missing, which way will be taken for each server and why')
    .option('--json', 'answer JSON, for scripts')
    .action((options: { json?: boolean }) => runVerb((context) => examine(context, options.json === true)));
};

async function examine(context: VerbContext, isJson: boolean): Promise<number> {
  const { buildReport, examine: examineAll, isStartImpossible } = await import('../doctor/doctor.ts');
  const examination = await examineAll(context);
  context.screen.line(isJson ? JSON.stringify(examination, null, 2) : buildReport(examination));
  return isStartImpossible(examination) ? 1 : 0;
}
