import type { ReconcileResult, ReconcileState } from '@ortoo/shared/contracts';
import { CliError } from '../cli-error.ts';
import type { ApiClient } from '../seed/api.client.ts';
import { ask, follow } from './ask.ts';

const path = '/v1/pipeline/reconcile';

/** Has the index compared with its owners and waits for the outcome. Throws a CliError when the run ended early. */
export async function reconcile(
  api: ApiClient,
  isFull: boolean,
  report: (line: string) => void,
): Promise<ReconcileResult> {
  await follow<ReconcileState>(api, path, {
    report: (doing) => report(`waiting for another run: ${doing}`),
    doing: ({ running }) => running ?? '',
    isOver: ({ running }) => running === null,
  });
  const { startedAt } = await ask<{ startedAt: string }>(api, 'POST', isFull ? `${path}?full=true` : path);
  let emptyCount = 0;
  const isOurs = ({ last }: ReconcileState) => last !== null && last.at >= startedAt;
  const { last } = await follow<ReconcileState>(api, path, {
    report,
    doing: ({ running }) => running ?? 'about to end',
    isOver: (state) => {
      emptyCount = state.running === null ? emptyCount + 1 : 0;
      return isOurs(state) || emptyCount > 10; // nobody runs it any more and nothing was written down
    },
  });
  if (!last || last.at < startedAt) throw new CliError('The run ended without an outcome.', 'npx ortoo reconcile');
  if (last.error !== undefined) throw new CliError(`The run ended early: ${last.error}`);
  return last;
}

/** What was found, in one line. */
export function describeReconcile(result: ReconcileResult): string {
  const { missing, stale, extra, ahead, repaired, left, tookMs } = result;
  const found = missing + stale + extra + ahead;
  const time = `${(tookMs / 1000).toFixed(1)} s`;
  if (found === 0) return `The index holds what its owners have (${result.mode}, ${time})`;
  const rest = `${repaired} mended, ${left} cannot be indexed`;
  const anew = ahead > 0 ? '; the index is being made anew' : '';
  return `Found ${missing} missing, ${stale} stale, ${extra} extra, ${ahead} ahead: ${rest} (${result.mode}, ${time})${anew}`;
}
