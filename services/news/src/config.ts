import { parseConfig, serviceSettings } from '@ortoo/shared/kernel';
import { type Static, Type } from 'typebox';

/** Settings of news. Text becomes `.env.example`; a test compares. */
export const newsSettings = Type.Object({
  ...serviceSettings,
  MONGO_URL: Type.String({
    default: 'mongodb://127.0.0.1:27017',
    description: 'MongoDB as a replica set. News keeps articles there.',
  }),
});
export type NewsConfig = Static<typeof newsSettings>;

/** Reads the settings of this process. Throws ConfigError naming every fault. */
export function readConfig(env: Record<string, string | undefined> = process.env): NewsConfig {
  return parseConfig(newsSettings, env);
}
