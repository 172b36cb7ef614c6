import { parseConfig, serviceSettings } from '@ortoo/shared/kernel';
import { type Static, Type } from 'typebox';

/** Settings of the catalog. Text becomes `.env.example`; a test compares. */
export const catalogSettings = Type.Object({
  ...serviceSettings,
  MONGO_URL: Type.String({
    default: 'mongodb://127.0.0.1:27017',
    description: 'MongoDB as a replica set. The catalog keeps categories and companies there.',
  }),
});
export type CatalogConfig = Static<typeof catalogSettings>;

/** Reads the settings of this process. Throws ConfigError naming every fault. */
export function readConfig(env: Record<string, string | undefined> = process.env): CatalogConfig {
  return parseConfig(catalogSettings, env);
}
