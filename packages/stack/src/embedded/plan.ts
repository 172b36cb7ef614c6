import type { Folders } from '../folders.ts';
import type { LaunchSpec } from '../server-process.ts';
import type { FetchContext } from './fetch.ts';
import type { Ports } from './kept-ports.ts';

export type StartContext = FetchContext & { folders: Folders; projectDir: string; ports: Ports };

/** All that is known of a server before it runs. */
export type Plan = {
  version: string;
  url: string;
  launch: LaunchSpec;
  /** Asked again and again until it answers true; what it throws counts as "not yet". */
  isReady: () => Promise<boolean>;
  readyMs: number;
};
