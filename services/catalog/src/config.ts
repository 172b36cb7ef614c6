import { parseConfig, serviceSettings } from '@ortoo/shared/kernel';
import { type Static, Type } from 'typebox';

/** Settings of the catalog. Text becomes `.env.example`; a test compares. */
export const catalogSettings = Type.Object({
  ...serviceSettings,
  MONGO_URL: Type.String({
    default: 'mongodb://127.0.0.1:27017',
    description: 'MongoDB as a replica set. The catalog keeps categories, companies, offerings and inquiries there.',
  }),
  ORTOO_SECRET: Type.Optional(
    Type.String({
      minLength: 32,
      maxLength: 1024,
      description:
        'One secret shared by all replicas, at least 32 characters; cursor and key secrets are derived from it. With it the addresses of senders are hashed; without it each process has one of its own and sees repeats alone.',
    }),
  ),
  INQUIRY_RETENTION_DAYS: Type.Integer({
    default: 365,
    minimum: 1,
    maximum: 3650,
    description:
      'Days after which the personal data of an inquiry is erased, counted from the last that happened to it; a change of this counts from then on.',
  }),
});
export type CatalogConfig = Static<typeof catalogSettings>;

/** Reads the settings of this process. Throws ConfigError naming every fault. */
export function readConfig(env: Record<string, string | undefined> = process.env): CatalogConfig {
  return parseConfig(catalogSettings, env);
}
