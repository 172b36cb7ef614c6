import { ErrorCode, headers, NatsError, type PubAck } from 'nats';
import { AppError } from '../kernel/errors.ts';
import type { Connection } from './connection.ts';
import { apiErrorOf } from './streams.ts';

export type Publication = {
  subject: string;
  messageId: string;
  payload: Uint8Array | string;
  headers?: Record<string, string>;
};
export type Published = { sequence: number; isDuplicate: boolean };

/** Puts messages into one stream. */
export type Publisher = {
  /**
   * Resolves when the stream has the message: only an acknowledgement with a sequence, from our stream, counts. One try;
   * whoever calls tries again with the same message id. Throws UNAVAILABLE (`bus.publish-failed`,
   * `bus.not-acknowledged`, `bus.disconnected`) or PAYLOAD_TOO_LARGE `bus.message-too-large`, which no repeat mends.
   */
  publish(publication: Publication): Promise<Published>;
};

const PUBLISH_DEADLINE_MS = 5_000;
/** JetStream's API error for a message over the stream's `max_msg_size`. */
const MESSAGE_TOO_LARGE = 10054;

/** `onMissing` is told when nothing takes the subject: the stream is gone. */
export function createPublisher(connection: Connection, stream: string, onMissing?: () => void): Publisher {
  return {
    publish: async ({ subject, messageId, payload, headers: extra = {} }) => {
      await connection.requireUp();
      const found = headers();
      for (const [name, value] of Object.entries(extra)) found.set(name, value);
      const options = {
        msgID: messageId,
        headers: found,
        timeout: PUBLISH_DEADLINE_MS,
        expect: { streamName: stream },
      };
      try {
        const stored = requireStored(await connection.js.publish(subject, payload, options), stream);
        connection.metrics.published(stored.isDuplicate ? 'duplicate' : 'stored');
        return stored;
      } catch (error) {
        connection.metrics.published('failed');
        if (isStreamMissing(error)) onMissing?.();
        throw error instanceof AppError ? error : translate(error, stream);
      }
    },
  };
}

function requireStored({ seq, stream, duplicate }: PubAck, expected: string): Published {
  if (seq > 0 && stream === expected) return { sequence: seq, isDuplicate: duplicate };
  throw AppError.unavailable('bus.not-acknowledged', `The stream ${expected} did not acknowledge the message.`);
}

function isStreamMissing(error: unknown): boolean {
  return error instanceof NatsError && error.code === ErrorCode.NoResponders;
}

function translate(error: unknown, stream: string): AppError {
  const isTooLarge =
    apiErrorOf(error) === MESSAGE_TOO_LARGE ||
    (error instanceof NatsError && error.code === ErrorCode.MaxPayloadExceeded);
  if (isTooLarge)
    return new AppError(
      'PAYLOAD_TOO_LARGE',
      'bus.message-too-large',
      `The message is too large for the stream ${stream}.`,
      { cause: error },
    );
  return AppError.unavailable('bus.publish-failed', `The stream ${stream} did not take the message.`, { cause: error });
}
