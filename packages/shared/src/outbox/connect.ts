import mongoose from 'mongoose';
import { AppError, type HealthCheck, type Logger, retryPatiently } from '../kernel/index.ts';

/** A server that cannot be found within this time is taken for gone. */
const SELECTION_MS = 3_000;
/** A socket that says nothing for this long is given up. */
const SOCKET_MS = 15_000;
const WRITE_CONCERN_MS = 5_000;
const POOL_MAX = 50;

/** A service that finds no MongoDB by then gives up starting. */
const PATIENCE_MS = 30_000;

export type Mongo = { connection: mongoose.Connection; check: HealthCheck; close(): Promise<void> };
type MongoOptions = { url: string; database: string; log: Logger; patienceMs?: number };

/**
 * Connects to MongoDB. Writes are acknowledged by a majority and journaled; nothing is buffered while the server is
 * away; collections and indexes are made by an explicit step. Throws UNAVAILABLE `mongodb.unreachable` when no primary
 * is found within 30 s (`patienceMs`); what waiting does not mend, such as a wrong password, is thrown at once.
 */
export async function connectMongo(options: MongoOptions): Promise<Mongo> {
  const { url, log, patienceMs = PATIENCE_MS } = options;
  const connection = await retryPatiently(() => openOnce(options), {
    forMs: patienceMs,
    isTransient: isNotFound,
    onWait: () => log.warn({ server: withoutPassword(url) }, 'MongoDB cannot be found yet; trying on'),
  }).catch((cause: unknown) => {
    if (!isNotFound(cause)) throw cause;
    const message = `MongoDB at ${withoutPassword(url)} was not found within ${Math.max(patienceMs, SELECTION_MS)} ms.`;
    throw AppError.unavailable('mongodb.unreachable', message, { cause });
  });
  let isClosing = false;
  connection.on('disconnected', () => isClosing || log.warn('MongoDB is away'));
  connection.on('connected', () => log.info('MongoDB is back'));
  return {
    connection,
    check: () => pingPrimary(connection),
    close: () => {
      isClosing = true;
      return connection.close();
    },
  };
}

async function openOnce({ url, database, log }: MongoOptions): Promise<mongoose.Connection> {
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
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
  connection.on('error', (error: unknown) => log.error({ err: error }, 'MongoDB connection failed'));
  return connection;
}

/** Whether no server answered, or no primary: it may still be starting, or electing one. */
function isNotFound(error: unknown): boolean {
  const names = ['MongooseServerSelectionError', 'MongoServerSelectionError', 'MongoNetworkError'];
  return error instanceof Error && names.includes(error.name);
}

async function pingPrimary(connection: mongoose.Connection): Promise<string | null> {
  try {
    await databaseOf(connection).command({ ping: 1 });
    return null;
  } catch (error) {
    return `MongoDB has no primary that answers: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The driver's own handle: fixed statements go to it directly, without mongoose's casting. */
export function databaseOf(connection: mongoose.Connection): mongoose.mongo.Db {
  if (!connection.db) throw new Error('The connection to MongoDB is not open yet.');
  return connection.db;
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
}
