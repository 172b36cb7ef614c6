import type { Names } from '../contracts/subjects.ts';
import { systemClock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { openConnection } from './connection.ts';
import { deleteStreams } from './streams.ts';

/** Removes a namespace's streams and with them its consumers; for tests alone. */
export async function removeStreams({ url, names, log }: { url: string; names: Names; log: Logger }): Promise<void> {
  const connection = await openConnection({ url, names, service: 'gateway', log, clock: systemClock });
  await deleteStreams(connection, names);
  await connection.drain();
}
