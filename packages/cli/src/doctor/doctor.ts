import { type Examination, examineMachine, type Finding, serverNames } from '@ortoo/stack';
import { buildTable } from '../screen/table.ts';
import { stackOptions } from '../verbs/stack-options.ts';
import type { VerbContext } from '../verbs/verb.ts';
import { examineRuntime } from './runtime.ts';

/** Looks at everything that a start needs: Node and npm, the port, and what the servers need. Changes nothing. */
export async function examine(context: VerbContext): Promise<Examination> {
  const runtime = await examineRuntime(context);
  const { findings, ways } = await examineMachine(stackOptions(context, () => {}));
  return { findings: [...runtime, ...findings], ways };
}

const marks: Record<Finding['state'], string> = { ok: 'ok', missing: 'MISSING', warning: 'warning' };

/** Whether a start would fail as the machine is now. */
export function isStartImpossible({ findings, ways }: Examination): boolean {
  return findings.some(({ state }) => state === 'missing') || Object.values(ways).some(({ way }) => way === null);
}

/** A row for each finding with the command that mends it, then the way that each server will be come by. Pure. */
export function buildReport({ findings, ways }: Examination): string {
  const facts = buildTable(findings.map(({ subject, state, detail }) => [marks[state], subject, detail]));
  const mends = findings.flatMap(({ subject, state, mend }) =>
    state !== 'ok' && mend !== undefined ? [`  ${subject}: ${mend}`] : [],
  );
  const plan = buildTable(serverNames.map((name) => [name, ways[name].way ?? 'NO WAY', ways[name].why]));
  return [facts, ...(mends.length > 0 ? ['', 'To mend:', ...mends] : []), '', 'Servers will be come by so:', plan].join(
    '\n',
  );
}
