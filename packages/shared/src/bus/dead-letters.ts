import type { JsMsg } from 'nats';
import { encodeHeader } from './codec.ts';
import type { Connection } from './connection.ts';
import { createPublisher } from './publisher.ts';
import { createStreamKeeper } from './stream-keeper.ts';

/** Headers of a dead letter; values are percent-encoded. The body is the message as it was. */
export const DEAD_REASON = 'Ortoo-Dead-Reason';
export const DEAD_SUBJECT = 'Ortoo-Dead-Subject';
export const DEAD_SEQUENCE = 'Ortoo-Dead-Sequence';
const REASON_MAX = 500;

export type DeadLetters = {
  /** Stores a message for people to look at; resolves when it is stored. The message id makes a repeat harmless. */
  put(msg: JsMsg, reason: string): Promise<void>;
};

/** What a consumer sets aside, in the stream DEAD_LETTERS under the consumer's name. */
export function createDeadLetters(connection: Connection, durable: string): DeadLetters {
  const { names } = connection;
  const { restore } = createStreamKeeper(connection, { isEnsured: true });
  const publisher = createPublisher(connection, names.deadLettersStream, restore);
  return {
    put: async (msg, reason) => {
      await publisher.publish({
        subject: names.deadLetter(durable),
        messageId: `${durable}:${msg.seq}`,
        payload: msg.data,
        headers: {
          [DEAD_REASON]: encodeHeader(reason.slice(0, REASON_MAX)),
          [DEAD_SUBJECT]: encodeHeader(msg.subject),
          [DEAD_SEQUENCE]: String(msg.seq),
        },
      });
    },
  };
}
