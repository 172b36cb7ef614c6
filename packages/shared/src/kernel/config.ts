import { envSchema } from 'env-schema';
import { type Static, type TObject, Type } from 'typebox';
import { FAILPOINTS_PATTERN } from './failpoint.ts';

/** Settings that every service has. Text becomes `.env.example`; a test compares. */
export const serviceSettings = {
  NATS_URL: Type.String({ default: 'nats://127.0.0.1:4222', description: 'NATS with JetStream.' }),
  HOST: Type.String({ default: '127.0.0.1', description: 'Address that the ports listen on; 0.0.0.0 in a container.' }),
  LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
    default: 'info',
    description: 'How much is logged.',
  }),
  OPS_PORT: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 65535,
    description: 'Port of /livez, /readyz and /metrics of a service started alone; 0 takes a free one.',
  }),
  ORTOO_NAMESPACE: Type.String({
    default: 'ortoo',
    pattern: '^[a-z][a-z0-9]{0,15}$',
    description: 'Names databases, subjects and indexes apart where installations share servers.',
  }),
  ORTOO_PARENT_WATCH: Type.Boolean({
    default: false,
    description: 'Set by the supervisor: the service stops when its standard input ends.',
  }),
  ORTOO_FAILPOINTS: Type.Optional(
    Type.String({
      pattern: FAILPOINTS_PATTERN,
      description: 'Set by tests alone: places where the process ends, stops or fails, e.g. relay.cleared=kill@3.',
    }),
  ),
};

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads settings from an environment by a TypeBox schema. Throws one ConfigError that names every fault at once and
 * shows no value, since a value may be a secret.
 */
export function parseConfig<T extends TObject>(schema: T, env: Record<string, string | undefined>): Static<T> {
  const data = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  try {
    return envSchema<Static<T>>({ schema, data, env: false, dotenv: false });
  } catch (error) {
    throw new ConfigError(`The settings are not valid: ${faultsOf(error).join('; ')}.`);
  }
}

type SettingFault = {
  instancePath?: string;
  message?: string;
  params?: { missingProperty?: string; allowedValues?: string[] };
};

function faultsOf(error: unknown): string[] {
  const found = (error as { errors?: SettingFault[] }).errors ?? [];
  return found.map(({ instancePath = '', message = 'is not valid', params = {} }) => {
    if (params.missingProperty) return `${params.missingProperty} is missing`;
    const name = instancePath.slice(1) || 'settings';
    const allowed = params.allowedValues ? ` (${params.allowedValues.join(', ')})` : '';
    return `${name} ${message}${allowed}`;
  });
}
