import { pino } from 'pino';

export type Logger = pino.Logger;
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** Never written, wherever they stand in a logged object. */
const SECRET_PATHS = [
  'authorization',
  '*.authorization',
  'headers.cookie',
  '*.headers.cookie',
  'secret',
  '*.secret',
  'key',
  '*.key',
];

type LoggerOptions = {
  service: string;
  level: LogLevel /** Where lines go instead of standard output. */;
  destination?: pino.DestinationStream;
};

/** JSON lines, one per request, call or change; secrets are masked. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET_PATHS, censor: '[secret]' },
    serializers: { err: pino.stdSerializers.errWithCause },
  };
  return destination ? pino(options, destination) : pino(options);
}
