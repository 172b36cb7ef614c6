import { ConfigError, parseConfig, serviceSettings } from '@ortoo/shared/kernel';
import { isBlock } from '@ortoo/shared/outgoing';
import { type Static, Type } from 'typebox';

/** Settings of news. Text becomes `.env.example`; a test compares. */
export const newsSettings = Type.Object({
  ...serviceSettings,
  MONGO_URL: Type.String({
    default: 'mongodb://127.0.0.1:27017',
    description: 'MongoDB as a replica set. News keeps articles there.',
  }),
  OUTGOING_EXEMPT: Type.String({
    default: '',
    description:
      'Blocks of inner addresses, such as 10.1.2.0/24, comma separated, from which feeds may be read all the same; any port.',
  }),
  FEED_HOST_SPACING_MS: Type.Integer({
    default: 2_000,
    minimum: 0,
    maximum: 60_000,
    description: 'Milliseconds between two feeds of the same host.',
  }),
});
export type NewsConfig = Static<typeof newsSettings>;

/** Reads the settings of this process. Throws ConfigError naming every fault. */
export function readConfig(env: Record<string, string | undefined> = process.env): NewsConfig {
  const config = parseConfig(newsSettings, env);
  if (readBlocks(config.OUTGOING_EXEMPT).every(isBlock)) return config;
  throw new ConfigError('The settings are not valid: OUTGOING_EXEMPT must be blocks such as 10.1.2.0/24.');
}

/** The blocks of OUTGOING_EXEMPT. */
export function readBlocks(list: string): string[] {
  return list.split(',').flatMap((block) => block.trim() || []);
}
