import type { RebuildState } from '@ortoo/shared/contracts';
import { CliError } from '../cli-error.ts';
import type { ApiClient } from '../seed/api.client.ts';
import { ask, follow } from './ask.ts';

const path = '/v1/pipeline/rebuild';

/** Has the index made anew and waits until the new one answers. Throws a CliError when it does not come to that. */
export async function rebuild(api: ApiClient, report: (line: string) => void): Promise<RebuildState> {
  const { name } = await ask<RebuildState>(api, 'POST', path);
  const state = await follow<RebuildState>(api, path, {
    report,
    doing: ({ doing }) => doing ?? 'about to begin',
    isOver: (now) => now.state === 'done' || now.name !== name,
  });
  if (state.name !== name) throw new CliError(`${name} is gone; ${state.name} has taken its place.`);
  return state;
}

export function describeRebuild({ name, documents, left, tookMs }: RebuildState): string {
  const seconds = tookMs === null ? '' : ` in ${(tookMs / 1000).toFixed(1)} s`;
  return `${name} answers: ${documents} documents${seconds}${left > 0 ? `, ${left} could not be indexed` : ''}`;
}
