import closeWithGrace from 'close-with-grace';
import { ConfigError } from './config.ts';
import { armFailpoints } from './failpoint.ts';
import type { Lifecycle } from './lifecycle.ts';
import { createLogger, type Logger, type LogLevel } from './logger.ts';
import { pause } from './retry.ts';

/** SIGTERM must be over by then; what still runs is abandoned. */
const STOP_DEADLINE_MS = 25_000;

type ProcessConfig = { LOG_LEVEL: LogLevel; ORTOO_PARENT_WATCH: boolean; ORTOO_FAILPOINTS?: string };

export type ServiceProcess<C extends ProcessConfig> = {
  readConfig(): C;
  createService(options: { config: C; log: Logger }): { lifecycle: Lifecycle };
};

/**
 * The whole life of a service's process: settings, start, one line `ready`, then drain on SIGTERM or SIGINT, or when a
 * supervising parent goes away (`ORTOO_PARENT_WATCH`: the parent holds our standard input open). Settings that are not
 * valid, when they are read or when a part starts, are one sentence on standard error; they and a failed start exit 1.
 */
export async function runService<C extends ProcessConfig>(name: string, service: ServiceProcess<C>): Promise<void> {
  const config = readSettings(service);
  armFailpoints(config.ORTOO_FAILPOINTS);
  const log = createLogger({ service: name, level: config.LOG_LEVEL });
  const { lifecycle } = service.createService({ config, log });
  const ending = endWithGrace(lifecycle, log);
  if (config.ORTOO_PARENT_WATCH) watchParent(ending.begin);
  try {
    await lifecycle.start();
    log.info('ready');
  } catch (error) {
    if (ending.isBegun()) return; // it ends by itself, at its own pace
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`); // whatever the log level
    await pause(50); // lets the log line out
    process.exit(1);
  }
}

/** Stops the service once, for whatever reason comes first. A signal while it stops ends the process at once. */
function endWithGrace(lifecycle: Lifecycle, log: Logger) {
  let isBegun = false;
  const grace = closeWithGrace({ delay: STOP_DEADLINE_MS, logger: false }, async ({ err, signal }) => {
    isBegun = true;
    if (err) log.fatal({ err }, 'stopping after an error that nothing handled');
    else log.info({ signal }, 'stopping');
    await lifecycle.stop();
    log.info('stopped');
  });
  return { isBegun: () => isBegun, begin: () => void (isBegun || grace.close()) };
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
