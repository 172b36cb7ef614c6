import { join, resolve } from 'node:path';
import type { Env } from './config.ts';

/** Where the command line keeps and finds things of one clone. */
export type ProjectPaths = {
  projectDir: string;
  dataDir: string;
  logsDir: string;
  /** What runs: `ortoo status` reads it. */
  runFile: string;
  /** How far the loading of `data/` came. */
  seedFile: string;
  /** The secret that replicas share; mode 600. */
  secretFile: string;
  /** The first admin key, written by the gateway; mode 600. */
  adminKeyFile: string;
  /** What is loaded into an empty store. */
  seedDir: string;
};

/** The clone that this file belongs to. */
export const ownProjectDir = resolve(import.meta.dirname, '../../..');

/** Builds the paths of a clone; `ORTOO_DATA_DIR` is taken relative to it. Makes nothing. */
export function locateProject(projectDir: string, env: Env): ProjectPaths {
  const dataDir = resolve(projectDir, env.ORTOO_DATA_DIR || '.ortoo');
  return {
    projectDir,
    dataDir,
    logsDir: join(dataDir, 'logs'),
    runFile: join(dataDir, 'run.json'),
    seedFile: join(dataDir, 'seed.json'),
    secretFile: join(dataDir, 'secret'),
    adminKeyFile: join(dataDir, 'admin-key'),
    seedDir: join(projectDir, 'data'),
  };
}
