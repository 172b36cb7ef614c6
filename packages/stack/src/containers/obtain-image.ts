import { askTool } from '../embedded/tool.ts';
import type { Guard } from '../guard.ts';
import type { Env, Report } from '../servers.ts';
import { lastLine, runDocker } from './docker.ts';

const inspectMs = 5_000;
/** A registry that can be reached has named the layers by then. */
const silenceMs = { first: 6_000, later: 120_000 };
const pullMs = 30 * 60_000;
const wordEveryMs = 5_000;

export async function isImagePresent(image: string, env: Env): Promise<boolean> {
  return (await askTool('docker', ['image', 'inspect', '--format', '{{.Id}}', image], env, inspectMs)).code === 0;
}

/** Whether the registry has the image and lets us see it. Changes nothing. */
export async function isImageOffered(image: string, env: Env): Promise<boolean> {
  return (await askTool('docker', ['manifest', 'inspect', image], env, silenceMs.first)).code === 0;
}

export type ObtainContext = { env: Env; report: Report; guard: Guard; signal?: AbortSignal | undefined };

/** Pulls an image that is not there, telling how far it is. Answers the sentence why it cannot be had, undefined when it is there. */
export async function obtainImage(
  image: string,
  { env, report, guard, signal }: ObtainContext,
): Promise<string | undefined> {
  if (await isImagePresent(image, env)) return undefined;
  report(`image ${image}: not here yet; asking its registry for it`);
  const progress = createPullProgress();
  let saidAt = performance.now();
  const onLine = (line: string) => {
    progress.hear(line);
    if (performance.now() - saidAt < wordEveryMs) return;
    saidAt = performance.now();
    report(`image ${image}: ${progress.tell()}`);
  };
  const { code, output } = await runDocker({
    args: ['pull', image],
    env,
    guard,
    signal,
    deadlineMs: pullMs,
    onLine,
    silenceMs,
  });
  if (code === 0) {
    report(`image ${image}: pulled`);
    return undefined;
  }
  return code === null ? 'its registry does not answer' : lastLine(output).replace(/^Error response from daemon: /, '');
}

/** Reads what `docker pull` prints without a terminal: a line for each layer that begins, and for each that is done. */
function createPullProgress(): { hear: (line: string) => void; tell: () => string } {
  const layers = new Set<string>();
  const done = new Set<string>();
  return {
    hear(line) {
      const [, layer, state] = /^([0-9a-f]{6,}): (Pulling fs layer|Already exists|Pull complete)$/.exec(line) ?? [];
      if (!layer) return;
      layers.add(layer);
      if (state !== 'Pulling fs layer') done.add(layer);
    },
    tell: () => `pulling, ${done.size} of ${layers.size} layers are here`,
  };
}
