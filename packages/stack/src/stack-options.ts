import type { ContainerWay } from './containers/container-way.ts';
import type { Env, ExitDetail, Report, ServerName } from './servers.ts';

export type StackOptions = {
  /** The clone. */
  projectDir: string;
  /** MONGO_URL NATS_URL ELASTICSEARCH_URL ORTOO_STACK ORTOO_DATA_DIR ORTOO_CACHE_DIR ORTOO_ELASTICSEARCH_HEAP_MB, and PATH, HOME, JAVA_HOME … for tools. */
  env: Env;
  report: Report;
  /** How containers are started; `docker compose` without it, which keeps their data. */
  containers?: ContainerWay;
  /** A server that this stack started, or joined, died without being asked to. */
  onExit?: (name: ServerName, detail: ExitDetail) => void;
  /** Aborting while servers start stops what was started and rejects. */
  signal?: AbortSignal;
};
