/** The three servers that Ortoo stands on, in the order in which they are named everywhere. */
export const serverNames = ['mongodb', 'nats', 'elasticsearch'] as const;
export type ServerName = (typeof serverNames)[number];

/** How a server was come by: its URL was given, a container was started, or a fetched binary was started. */
export type Way = 'given' | 'containers' | 'embedded';

export type RunningServer = {
  name: ServerName;
  url: string;
  version: string;
  way: Way;
  /** Only for what we started: the process, which also leads its own process group. */
  pid?: number;
  /** Start time of the process in clock ticks since boot, so that a recycled pid is never taken for ours. */
  startedAt?: number;
  /** Only for one in a container that we started: the container's id. */
  container?: string;
  /**
   * Folder of everything the server keeps; its path stands in the command line of each of the server's processes. Of one
   * in a container, `volume <name>`.
   */
  data?: string;
  log?: string;
};

export type Servers = Record<ServerName, RunningServer>;

/** What a command shows while it works: plain sentences, one per step or per progress of a download. */
export type Report = (line: string) => void;

export type Env = Record<string, string | undefined>;

export type ExitDetail = { code: number | null; signal: string | null; lastLines: string[] };
