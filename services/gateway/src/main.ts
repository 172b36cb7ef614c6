import { runService } from '@ortoo/shared/kernel';
import { readConfig } from './config.ts';
import { createService } from './service.ts';

await runService('gateway', { readConfig, createService });
