import type { Verb } from './verb.ts';

/** `ortoo start` */
export const startVerb: Verb = (program, runVerb) => {
  program
    .command('start')
    .description('start the servers and the services, load data/ into an empty store, and stay until Ctrl-C')
    .action(() =>
      runVerb(async (context) => {
        const { start } = await import('../start/start.ts');
        return start(context);
      }),
    );
};
