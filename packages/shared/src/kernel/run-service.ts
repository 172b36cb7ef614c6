import closeWithGrace from 'close-with-grace';
import { ConfigError } from './config.ts';
import type { Lifecycle } from './lifecycle.ts';
import { createLogger, type Logger, type LogLevel } from './logger.ts';
import { pause } from './retry.ts';

/** SIGTERM must be over by then; what still runs is abandoned. */
const STOP_DEADLINE_MS = 25_000;

type ProcessConfig = { LOG_LEVEL: LogLevel; ORTOO_PARENT_WATCH: boolean };

export type ServiceProcess<C extends ProcessConfig> = {
  readConfig(): C;
  createService(options: { config: C; log: Logger }): { lifecycle: Lifecycle };
};

/**
 * The whole life of a service's process: settings, start, one line `ready`, then drain on SIGTERM or SIGINT, or when a
 * supervising parent goes away (`ORTOO_PARENT_WATCH`: the parent holds our standard input open). Settings that are not
 * valid are one sentence on standard error; they and a failed start exit 1.
 */
export async function runService<C extends ProcessConfig>(name: string, service: ServiceProcess<C>): Promise<void> {
  const config = readSettings(service);
  const log = createLogger({ service: name, level: config.LOG_LEVEL });
  const { lifecycle } = service.createService({ config, log });
  const grace = closeWithGrace({ delay: STOP_DEADLINE_MS, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'stopping after an error that nothing handled');
    else log.info({ signal }, 'stopping');
    await lifecycle.stop();
    log.info('stopped');
  });
  if (config.ORTOO_PARENT_WATCH) watchParent(() => grace.close());
  try {
    await lifecycle.start();
    log.info('ready');
  } catch {
    await pause(50); // lets the log line out
    process.exit(1);
  }
}

function readSettings<C extends ProcessConfig>({ readConfig }: ServiceProcess<C>): C {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

function watchParent(onGone: () => void): void {
  process.stdin.once('end', onGone).once('close', onGone).on('error', onGone).resume();
}
