export { createBackground, createRounds } from './background.ts';
export { type Clock, type Instant, parseInstant, shiftInstant, systemClock, toHttpDate, toInstant } from './clock.ts';
export { ConfigError, parseConfig, serviceSettings } from './config.ts';
export { type Actor, type Context, logLabels, remainingMs, requireTime, serviceContext } from './context.ts';
export {
  AppError,
  type ErrorCode,
  type ErrorDetails,
  errorCodes,
  FAULTS_MAX,
  type Fault,
  isErrorCode,
} from './errors.ts';
export { armFailpoints, type Failpoint, failpoint, failpoints, isFailpointArmed } from './failpoint.ts';
export { createHeld, type Held } from './held.ts';
export { type Ids, jitterMs, newRequestId, newSecret, newTraceparent, typeIds } from './ids.ts';
export { createLifecycle, type Lifecycle, type Part } from './lifecycle.ts';
export { createLogger, type Logger, type LogLevel } from './logger.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { createOpsServer, examineHealth, type Health, type HealthCheck, type OpsServer } from './ops-server.ts';
export { createSeededRandom, type Random } from './random.ts';
export {
  type Backoff,
  backoffMs,
  isOverWithin,
  type Patience,
  pause,
  type RetryOptions,
  retry,
  retryPatiently,
} from './retry.ts';
export { runService, type ServiceProcess } from './run-service.ts';
