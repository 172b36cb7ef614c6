import { AppError, type HealthCheck } from '@ortoo/shared/kernel';
import mongoose from 'mongoose';

/** A server that cannot be found within this time is taken for gone. */
const SELECTION_MS = 2_000;
/** A socket that says nothing for this long is given up. */
const SOCKET_MS = 10_000;
const WRITE_CONCERN_MS = 5_000;
const POOL_MAX = 10;

/** The gateway's own database: keys, uses of Idempotency-Key, and nothing that another service owns. */
export type GatewayMongo = { connection: mongoose.Connection; check: HealthCheck; close(): Promise<void> };

/** Connects to the gateway's database. Throws UNAVAILABLE `mongodb.unreachable` when no primary is found. */
export async function connectGatewayMongo({ url, database }: { url: string; database: string }): Promise<GatewayMongo> {
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
    await connection.asPromise();
  } catch (cause) {
    await connection.close().catch(() => undefined);
    throw AppError.unavailable('mongodb.unreachable', `MongoDB was not found within ${SELECTION_MS} ms.`, { cause });
  }
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
