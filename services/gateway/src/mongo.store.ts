import { AppError, type HealthCheck, type Logger, retryPatiently } from '@ortoo/shared/kernel';
import mongoose from 'mongoose';

/** A server that cannot be found within this time is taken for gone. */
const SELECTION_MS = 2_000;
/** A socket that says nothing for this long is given up. */
const SOCKET_MS = 10_000;
const WRITE_CONCERN_MS = 5_000;
const POOL_MAX = 10;
/** A gateway that finds no MongoDB by then gives up starting. */
const PATIENCE_MS = 30_000;

/** The gateway's own database: keys, uses of Idempotency-Key, and nothing that another service owns. */
export type GatewayMongo = { connection: mongoose.Connection; check: HealthCheck; close(): Promise<void> };
type MongoOptions = { url: string; database: string; log: Logger };

/**
 * Connects to the gateway's database, trying for 30 s. Throws UNAVAILABLE `mongodb.unreachable` when no primary is found;
 * what waiting does not mend, such as a wrong password, is thrown at once.
 */
export async function connectGatewayMongo(options: MongoOptions): Promise<GatewayMongo> {
  const connection = await retryPatiently(() => openOnce(options), {
    forMs: PATIENCE_MS,
    isTransient: isNotFound,
    onWait: () => options.log.warn('MongoDB cannot be found yet; trying on'),
  }).catch((cause: unknown) => {
    if (!isNotFound(cause)) throw cause;
    throw AppError.unavailable('mongodb.unreachable', `MongoDB was not found within ${PATIENCE_MS} ms.`, { cause });
  });
  return {
    connection,
    check: async () => {
      if (!connection.db) return 'is not open';
      await connection.db.command({ ping: 1 });
      return null;
    },
    close: () => connection.close(),
  };
}

async function openOnce({ url, database }: MongoOptions): Promise<mongoose.Connection> {
  const connection = mongoose.createConnection(url, {
    dbName: database,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    serverSelectionTimeoutMS: SELECTION_MS,
    waitQueueTimeoutMS: SELECTION_MS,
    connectTimeoutMS: SELECTION_MS,
    socketTimeoutMS: SOCKET_MS,
    maxPoolSize: POOL_MAX,
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: WRITE_CONCERN_MS },
  });
  connection.on('error', () => undefined); // each operation answers for itself
  try {
    return await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}

/** Whether no server answered, or no primary: it may still be starting, or electing one. */
function isNotFound(error: unknown): boolean {
  const names = ['MongooseServerSelectionError', 'MongoServerSelectionError', 'MongoNetworkError'];
  return error instanceof Error && names.includes(error.name);
}
