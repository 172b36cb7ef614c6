import { createLogger, runProcess } from '@ortoo/shared/kernel';
import { readConfig } from './config.ts';
import { createService } from './service.ts';

const config = readConfig();
const log = createLogger({ service: 'gateway', level: config.LOG_LEVEL });
const { lifecycle } = createService({ config, log });
await runProcess(lifecycle, log, { isParentWatched: config.ORTOO_PARENT_WATCH });
