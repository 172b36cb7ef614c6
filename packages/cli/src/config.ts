import { CliError } from './cli-error.ts';

export type Env = Record<string, string | undefined>;

/** Settings of the command line. Services and servers read their own from `env`, which is passed on to them whole. */
export type CliConfig = {
  env: Env;
  /** Port of the gateway; 0 takes a free one. */
  port: number;
  /** Address that the gateway is reached at from this machine. */
  host: string;
  /** Where the API is, for verbs that use one that `ortoo start` did not start. */
  apiUrl: string | undefined;
  apiKey: string | undefined;
  secret: string | undefined;
};

/** The only reader of the environment. Throws a CliError that names the variable. */
export function readConfig(env: Env = process.env): CliConfig {
  return {
    env,
    port: parsePort(env.PORT),
    host: reachableHost(env.HOST),
    apiUrl: parseUrl('ORTOO_URL', env.ORTOO_URL),
    apiKey: env.ORTOO_KEY || undefined,
    secret: env.ORTOO_SECRET || undefined,
  };
}

function parsePort(text: string | undefined): number {
  if (!text) return 8080;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new CliError(
    `PORT is "${text}", which is not a port: a whole number from 0 (any free one) to 65535 was expected.`,
  );
}

function parseUrl(name: string, text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (URL.canParse(text) && /^https?:/.test(text)) return text.replace(/\/+$/, '');
  throw new CliError(`${name} is "${text}", which is not an http or https URL.`);
}

/** A server that listens on every address is reached on the loopback one. */
function reachableHost(host: string | undefined): string {
  return !host || host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
}
