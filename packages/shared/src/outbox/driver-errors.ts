import mongoose from 'mongoose';
import { AppError } from '../kernel/index.ts';

const { mongo } = mongoose;

/** Server codes that say: this one is not the primary (any more), or is stopping. Source: MongoDB SDAM specification. */
const NOT_PRIMARY = new Set([10107, 13435, 10058, 189, 91, 11600, 11602, 13436]);
const MAX_TIME_EXPIRED = 50;
const OUT_OF_DISK = 14031;
const DUPLICATE_KEY = 11000;
/** The document would be larger than 16 MB: as an update, as a BSON object, as what an update leaves. */
const TOO_LARGE = new Set([10334, 17419, 17420]);

/** Failures to get a connection: by themselves they say that nothing was sent. */
const noConnection = [
  'MongoServerSelectionError',
  'MongoWaitQueueTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoNotConnectedError',
  'MongoTopologyClosedError',
  'MongoServerClosedError',
  'MongoClientClosedError',
];

/** The one place where what the driver throws becomes what callers see. */
export type DatabaseGuard = {
  read<T>(work: () => Promise<T>): Promise<T>;
  /** A read that answers for an earlier write: where it fails, that write's outcome is unknown. */
  confirm<T>(work: () => Promise<T>): Promise<T>;
  /** Runs one write in a session of its own, which tells afterwards whether the command was ever handed to a socket. */
  write<T>(work: (session: mongoose.mongo.ClientSession) => Promise<T>): Promise<T>;
};

/**
 * Reads fail with UNAVAILABLE `<service>.database-unavailable` or TIMEOUT `<service>.database-slow`. Writes fail with
 * UNAVAILABLE only when they surely did not happen, else with TIMEOUT `<service>.outcome-unknown`, which is safe to
 * repeat with the same request key. Anything else is thrown on as it is.
 */
export function createDatabaseGuard({
  connection,
  service,
}: {
  connection: mongoose.Connection;
  service: string;
}): DatabaseGuard {
  return {
    read: (work) =>
      work().catch((error: unknown) => {
        throw readError(error, service);
      }),
    confirm: (work) =>
      work().catch((error: unknown) => {
        throw writeError(error, { service, isSent: true });
      }),
    write: async (work) => {
      const session = connection.getClient().startSession();
      const { serverSession } = session;
      const numberBefore = serverSession.txnNumber;
      try {
        return await work(session);
      } catch (error) {
        throw writeError(error, { service, isSent: serverSession.txnNumber > numberBefore });
      } finally {
        await session.endSession().catch(() => undefined);
      }
    },
  };
}

export function readError(error: unknown, service: string): unknown {
  if (!isDriverError(error)) return error;
  if (codeOf(error) === MAX_TIME_EXPIRED)
    return AppError.timeout(`${service}.database-slow`, 'The database did not answer in time.', error);
  return isConnectionTrouble(error) ? unavailable(service, error) : error;
}

/**
 * `isSent`: an attempt went out (the driver numbers a retryable write when it builds the command for the wire). It
 * repeats a write once; when it then finds no server it throws the selection error, which alone would say that nothing
 * was sent.
 */
export function writeError(error: unknown, { service, isSent }: { service: string; isSent: boolean }): unknown {
  if (!isDriverError(error)) return error;
  const isRefused = codeOf(error) === OUT_OF_DISK || (noConnection.includes(error.name) && !isSent);
  if (isRefused) return unavailable(service, error);
  const isUnknown =
    isConnectionTrouble(error) || error instanceof mongo.MongoWriteConcernError || codeOf(error) === MAX_TIME_EXPIRED;
  if (!isUnknown) return error;
  return AppError.timeout(
    `${service}.outcome-unknown`,
    'The database did not confirm the write in time: it may or may not have happened.',
    error,
  );
}

/** The fields of a duplicate key error: which index, and the value that was taken. */
export function duplicateKeyOf(error: unknown): { field: string; value: unknown } | undefined {
  if (!isDriverError(error) || codeOf(error) !== DUPLICATE_KEY) return undefined;
  const { keyPattern = {}, keyValue = {} } = error as {
    keyPattern?: Record<string, unknown>;
    keyValue?: Record<string, unknown>;
  };
  const field = Object.keys(keyPattern)[0] ?? '_id';
  return { field, value: keyValue[field] };
}

/** Whether a write was refused because the document would be larger than MongoDB holds. */
export function isTooLarge(error: unknown): boolean {
  return isDriverError(error) && TOO_LARGE.has(codeOf(error) ?? 0);
}

function unavailable(service: string, cause: Error): AppError {
  return AppError.unavailable(`${service}.database-unavailable`, 'The database cannot be reached at the moment.', {
    cause,
  });
}

function isDriverError(error: unknown): error is Error {
  return error instanceof mongo.MongoError || error instanceof mongoose.MongooseError;
}

function isConnectionTrouble(error: Error): boolean {
  if (error instanceof mongo.MongoNetworkError || noConnection.includes(error.name)) return true;
  return NOT_PRIMARY.has(codeOf(error) ?? 0) || codeOf(error) === OUT_OF_DISK;
}

function codeOf(error: Error): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}
