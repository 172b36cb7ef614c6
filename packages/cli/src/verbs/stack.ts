import { buildTable } from '../screen/table.ts';
import { listServers, stackOptions } from './stack-options.ts';
import type { Verb } from './verb.ts';

/** `ortoo stack up`, `ortoo stack down`, `ortoo stack status` */
export const stackVerb: Verb = (program, runVerb) => {
  const stack = program
    .command('stack')
    .description('the servers alone: keep them up between test runs')
    .helpCommand(false);

  stack
    .command('up')
    .description('start MongoDB, NATS and Elasticsearch so that they stay up')
    .action(() =>
      runVerb(async (context) => {
        const { stackUp } = await import('@ortoo/stack');
        const servers = await context.screen.step(
          'MongoDB, NATS and Elasticsearch',
          (report) => stackUp(stackOptions(context, report)),
          () => 'The servers are up and stay up until: npx ortoo stack down',
        );
        context.screen.line(buildTable(listServers(servers)));
        if (Object.values(servers).some(({ way }) => way === 'embedded'))
          context.screen.line('Embedded servers: not for production.');
        return 0;
      }),
    );

  stack
    .command('down')
    .description('stop the servers that `ortoo stack up` started; their data stays')
    .action(() =>
      runVerb(async (context) => {
        const { stackDown } = await import('@ortoo/stack');
        const stopped = await stackDown(stackOptions(context, context.screen.line));
        context.screen.line(
          stopped.length === 0 ? 'No server of this folder was up.' : `Stopped: ${stopped.join(', ')}.`,
        );
        return 0;
      }),
    );

  stack
    .command('status')
    .description('show which servers of this folder are up')
    .action(() =>
      runVerb(async (context) => {
        const { stackStatus } = await import('@ortoo/stack');
        const { servers, stale } = await stackStatus(stackOptions(context, context.screen.line));
        for (const line of stale) context.screen.warn(line);
        const rows = listServers(servers);
        context.screen.line(
          rows.length === 0 ? 'No server of this folder is up. To start them: npx ortoo stack up' : buildTable(rows),
        );
        return rows.length === 0 ? 1 : 0;
      }),
    );
};
