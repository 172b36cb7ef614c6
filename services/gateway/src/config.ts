import { parseConfig, serviceSettings } from '@ortoo/shared/kernel';
import { type Static, Type } from 'typebox';

/** An origin as browsers send it: no path, the host in lower case and in ASCII. */
const ORIGIN = 'https?://[a-z0-9.:\\[\\]-]+';

/** Settings of the gateway. Text becomes `.env.example`; a test compares. */
export const gatewaySettings = Type.Object({
  ...serviceSettings,
  MONGO_URL: Type.String({
    default: 'mongodb://127.0.0.1:27017',
    description: 'MongoDB as a replica set. The gateway keeps its keys there.',
  }),
  PORT: Type.Integer({
    default: 8080,
    minimum: 0,
    maximum: 65535,
    description: 'Port of the REST API; 0 takes a free one.',
  }),
  PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+/?$',
      description:
        'Origin under which callers reach the API, e.g. https://api.example.mn; without it, that of each request.',
    }),
  ),
  ORTOO_SECRET: Type.String({
    minLength: 32,
    maxLength: 1024,
    description:
      'One secret shared by all replicas, at least 32 characters; cursor and key secrets are derived from it.',
  }),
  ADMIN_KEY_FILE: Type.Optional(
    Type.String({ description: 'Where the first admin key is written (mode 600) instead of being printed.' }),
  ),
  CORS_ORIGINS: Type.String({
    default: '',
    pattern: `^\\s*(${ORIGIN}\\s*(,\\s*${ORIGIN}\\s*)*)?$`,
    description:
      'Origins such as https://www.example.mn, comma separated, whose pages may use keys; pages of other origins may only read what is public.',
  }),
  QUERY_LOG: Type.Enum(['off', 'on'], {
    default: 'off',
    description: 'Whether searches and clicks are kept for /v1/stats, without anything of who asked: on or off.',
  }),
  QUERY_LOG_DAYS: Type.Integer({
    default: 90,
    minimum: 1,
    maximum: 365,
    description: 'Days after which a search and its clicks are removed from the query log.',
  }),
});
export type GatewayConfig = Static<typeof gatewaySettings>;

/** Reads the settings of this process. Throws ConfigError naming every fault. */
export function readConfig(env: Record<string, string | undefined> = process.env): GatewayConfig {
  return parseConfig(gatewaySettings, env);
}
