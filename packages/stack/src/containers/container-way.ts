import type { Folders } from '../folders.ts';
import type { Guard } from '../guard.ts';
import type { Env, Report, ServerName } from '../servers.ts';

export type ContainerContext = {
  env: Env;
  report: Report;
  signal?: AbortSignal | undefined;
  /** Told what to undo should this process be killed. */
  guard: Guard;
  folders: Folders;
};

export type StartedContainer = {
  url: string;
  /** Id of the container. */
  container: string;
  /** Name of the volume that holds its data; undefined when the data goes with the container. */
  volume?: string;
};

/** How containers are started. Images are there when it is asked. */
export type ContainerWay = {
  title: string;
  /** Whether a later start finds these containers and their data again. False: one set, for this process alone. */
  isKept: boolean;
  /** The sentence why this way cannot be gone here, undefined when it can. */
  findFault(env: Env): Promise<string | undefined>;
  /** Starts those and waits until they serve. Rejects with a StackError; what was started is then stopped by `stop`. */
  start(names: readonly ServerName[], context: ContainerContext): Promise<Map<ServerName, StartedContainer>>;
  /** Stops and removes the containers of those; kept data stays. */
  stop(names: readonly ServerName[], context: ContainerContext): Promise<void>;
};
