import { requirePlatform } from './embedded/cache.ts';
import { pins } from './embedded/pins.ts';
import { variableOf } from './given.ts';
import { type Env, type ServerName, serverNames } from './servers.ts';
import { StackError } from './stack-error.ts';

/** A server without a URL is started: in a container where that can be, embedded otherwise, unless one is forced. */
export type Choice = { way: 'given'; url: string } | { way: 'started'; forced?: 'containers' | 'embedded' };

const forcibleWays = ['given', 'containers', 'embedded'];

/**
 * Which way one server is come by: its URL when given, else it is started. ORTOO_STACK forces one way for all of them.
 * Throws when the way that is left cannot be gone on this machine.
 */
export function chooseWay(name: ServerName, env: Env, platform = `${process.platform}-${process.arch}`): Choice {
  const forced = env.ORTOO_STACK || undefined;
  const url = env[variableOf[name]] || undefined;
  if (forced !== undefined && !forcibleWays.includes(forced)) {
    throw new StackError(`ORTOO_STACK is "${forced}" and must be one of ${forcibleWays.join(', ')}.`);
  }
  if (forced === 'given' && url === undefined) {
    throw new StackError(`ORTOO_STACK=given needs ${variableOf[name]}, which is not set.`, { server: name });
  }
  if (forced === 'containers') return { way: 'started', forced };
  if (forced === 'embedded') {
    requirePlatform(pins[name], platform);
    return { way: 'started', forced };
  }
  return url === undefined ? { way: 'started' } : { way: 'given', url };
}

export function chooseWays(env: Env): Record<ServerName, Choice> {
  const choices = serverNames.map((name) => [name, chooseWay(name, env)] as const);
  return Object.fromEntries(choices) as Record<ServerName, Choice>;
}
