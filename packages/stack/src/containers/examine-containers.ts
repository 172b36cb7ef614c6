import type { Finding } from '../embedded/needs.ts';
import type { Env, ServerName } from '../servers.ts';
import { type Engine, findEngine, hasCompose } from './docker.ts';
import { images } from './images.ts';
import { isImageOffered, isImagePresent } from './obtain-image.ts';

export type { Engine };

/** The engine that `npm start` would use, with what it needs beside it. */
export async function examineEngine(env: Env): Promise<Engine> {
  const engine = await findEngine(env);
  if ('fault' in engine || (await hasCompose(env))) return engine;
  return { fault: 'docker compose is not on this machine' };
}

export function describeEngine(engine: Engine): Finding {
  const detail = 'fault' in engine ? `${engine.fault}; servers without a URL are embedded` : engine.version;
  return { subject: 'Docker', state: 'ok', detail };
}

export type Outlook = { detail: string; why: string } | { fault: string };

/** Whether a server would run in a container here. Pulls nothing. */
export async function examineContainer(name: ServerName, env: Env, engine: Engine): Promise<Outlook> {
  if ('fault' in engine) return { fault: engine.fault };
  const image = images[name];
  if (await isImagePresent(image, env))
    return { detail: `image ${image} is here`, why: 'Docker answers and has the image' };
  if (await isImageOffered(image, env))
    return { detail: `image ${image} will be pulled on the first start`, why: 'Docker answers and can pull the image' };
  return { fault: `image ${image} is not here and cannot be pulled` };
}
