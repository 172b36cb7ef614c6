import { parseConfig, serviceSettings } from '@ortoo/shared/kernel';
import { type Static, Type } from 'typebox';

/** Settings of search. Text becomes `.env.example`; a test compares. */
export const searchSettings = Type.Object({
  ...serviceSettings,
  ELASTICSEARCH_URL: Type.String({
    default: 'http://127.0.0.1:9200',
    pattern: '^https?://',
    description: 'Elasticsearch 8; a user and a password may stand in the address.',
  }),
  SEARCH_HUNSPELL: Type.Enum(['off', 'on'], {
    default: 'off',
    description:
      'Whether Mongolian is stemmed by a Hunspell dictionary (mn_MN) beside the own stripper where Elasticsearch has one: on or off.',
  }),
});
export type SearchConfig = Static<typeof searchSettings>;

/** Reads the settings of this process. Throws ConfigError naming every fault. */
export function readConfig(env: Record<string, string | undefined> = process.env): SearchConfig {
  return parseConfig(searchSettings, env);
}
