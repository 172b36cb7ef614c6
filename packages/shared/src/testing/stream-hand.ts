import { connect, DiscardPolicy } from 'nats';
import type { Change } from '../contracts/change.ts';
import type { Names } from '../contracts/subjects.ts';

/** A message as the stream holds it. */
export type StoredMessage = { sequence: number; subject: string; messageId: string; data: string };

/** A hand on the stream CHANGES, beside the services: to see all that it holds and to do to it what goes wrong in life. */
export type StreamHand = {
  /** Every message that the stream holds, in its order. */
  read(): Promise<StoredMessage[]>;
  /** The changes among them. */
  readChanges(): Promise<Change[]>;
  /** How many dead letters there are. */
  countDeadLetters(): Promise<number>;
  /** How many durable consumers take the changes of a pattern: each sets aside by itself what it cannot read. */
  countReaders(pattern: string): Promise<number>;
  put(subject: string, data: string, messageId: string): Promise<void>;
  delete(): Promise<void>;
  /** As a full disk does: a few messages later the stream refuses every one, until `accept`. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  close(): Promise<void>;
};

const STREAM_NOT_FOUND = /stream not found/;

export async function openStreamHand({ natsUrl, names }: { natsUrl: string; names: Names }): Promise<StreamHand> {
  const nc = await connect({ servers: natsUrl, maxReconnectAttempts: -1 });
  const jsm = await nc.jetstreamManager({ checkAPI: false });
  const js = nc.jetstream();
  const stream = names.changesStream;

  async function read(): Promise<StoredMessage[]> {
    const { state } = await jsm.streams.info(stream);
    if (state.messages === 0) return [];
    const consumer = await js.consumers.get(stream, {});
    const messages = await consumer.fetch({ max_messages: state.messages, expires: 10_000 });
    const found: StoredMessage[] = [];
    for await (const msg of messages) {
      const messageId = msg.headers?.get('Nats-Msg-Id') ?? '';
      found.push({ sequence: msg.seq, subject: msg.subject, messageId, data: msg.string() });
      if (msg.info.pending === 0) break;
    }
    await consumer.delete().catch(() => false);
    return found;
  }

  async function update(change: object): Promise<void> {
    const { config } = await jsm.streams.info(stream);
    await jsm.streams.update(stream, { ...config, ...change });
  }

  return {
    read,
    readChanges: async () =>
      (await read()).flatMap(({ data }) => {
        try {
          const change = JSON.parse(data) as Change;
          return change.data?.id === undefined ? [] : [change];
        } catch {
          return []; // poison that a test has put there
        }
      }),
    countDeadLetters: async () => {
      try {
        return (await jsm.streams.info(names.deadLettersStream)).state.messages;
      } catch (error) {
        if (STREAM_NOT_FOUND.test((error as Error).message)) return 0;
        throw error;
      }
    },
    countReaders: async (pattern) => {
      const consumers = await jsm.consumers.list(stream).next();
      return consumers.filter(({ config: { durable_name, filter_subject, filter_subjects = [] } }) => {
        return durable_name !== undefined && [filter_subject, ...filter_subjects].includes(pattern);
      }).length;
    },
    put: async (subject, data, messageId) => void (await js.publish(subject, data, { msgID: messageId })),
    delete: async () => void (await jsm.streams.delete(stream)),
    refuse: async () => {
      const { state } = await jsm.streams.info(stream);
      // A little room, since what comes meanwhile over the bound would be thrown away.
      await update({ discard: DiscardPolicy.New, max_msgs: state.messages + 50 });
    },
    accept: async () => update({ discard: DiscardPolicy.Old, max_msgs: -1 }),
    close: async () => nc.close(),
  };
}
