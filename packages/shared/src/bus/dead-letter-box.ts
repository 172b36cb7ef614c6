import type { MsgRequest, StoredMsg } from 'nats';
import type { DeadLetter, DeadLetterList, DeadLetterShown, Replayed } from '../contracts/search/upkeep.ts';
import { toInstant } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { decodeHeader, decodeJson } from './codec.ts';
import type { Connection } from './connection.ts';
import { DEAD_REASON, DEAD_SEQUENCE, DEAD_SUBJECT } from './dead-letters.ts';
import { createPublisher } from './publisher.ts';
import { apiErrorOf, STREAM_NOT_FOUND } from './streams.ts';

/** A message above this is not shown; its size is. */
const SHOWN_BYTES_MAX = 256 * 1024;
const MESSAGE_NOT_FOUND = 10037;

/** What consumers have set aside, for people to look at and to have handled again. Everything throws UNAVAILABLE `bus.no-dead-letters`. */
export type DeadLetterBox = {
  count(): Promise<number>;
  /** In the order in which they were set aside, after a sequence. */
  list(options: { after?: number; limit: number }): Promise<DeadLetterList>;
  /** Throws NOT_FOUND `dead-letter.not-found`. */
  get(sequence: number): Promise<DeadLetterShown>;
  /**
   * Publishes it again where it came from, under a message id of its own, and removes it here. Consumers that have had it
   * pass over it by its version; one that still cannot take it sets it aside anew. Throws as `get`.
   */
  replay(sequence: number): Promise<Replayed>;
};

export function createDeadLetterBox(connection: Connection): DeadLetterBox {
  const { jsm, names } = connection;
  const { deadLettersStream: stream } = names;
  const publisher = createPublisher(connection, names.changesStream);

  async function ask<T>(work: () => Promise<T>, missing: T): Promise<T> {
    await connection.requireUp();
    try {
      return await work();
    } catch (cause) {
      if (isMissing(cause)) return missing;
      throw AppError.unavailable('bus.no-dead-letters', 'The dead letters could not be asked.', { cause });
    }
  }

  /** The first at or behind a sequence. The client's type lacks `next_by_subj`, which the server has had since 2.9. */
  const next = (after: number) =>
    ask<StoredMsg | undefined>(
      () => jsm.streams.getMessage(stream, { seq: after + 1, next_by_subj: names.allDeadLetters } as MsgRequest),
      undefined,
    );

  async function find(sequence: number): Promise<StoredMsg> {
    const found = await ask<StoredMsg | undefined>(() => jsm.streams.getMessage(stream, { seq: sequence }), undefined);
    if (!found) throw AppError.notFound('dead-letter.not-found', `There is no dead letter ${sequence}.`);
    return found;
  }

  return {
    count: () => ask(async () => (await jsm.streams.info(stream)).state.messages, 0),

    list: async ({ after = 0, limit }) => {
      const items: DeadLetter[] = [];
      for (let found = await next(after); found; found = await next(found.seq)) {
        if (items.length === limit) return { items, next: items.at(-1)?.sequence ?? null };
        items.push(describe(connection, found));
      }
      return { items, next: null };
    },

    get: async (sequence) => {
      const found = await find(sequence);
      const { value, text } = read(found);
      return {
        ...describe(connection, found),
        message: found.data.byteLength > SHOWN_BYTES_MAX ? null : (value ?? text),
      };
    },

    replay: async (sequence) => {
      const found = await find(sequence);
      const { id, subject, originSequence } = describe(connection, found);
      // Named after the dead letter, so that a repeat after a crash is a duplicate.
      const messageId = `${id ?? `raw:${originSequence}`}:d${sequence}`;
      const published = await publisher.publish({ subject, messageId, payload: found.data });
      await ask(() => jsm.streams.deleteMessage(stream, sequence, false), true);
      return { sequence: published.sequence, messageId };
    },
  };
}

function describe({ names }: Connection, found: StoredMsg): DeadLetter {
  const header = (name: string) => decodeHeader(found.header.get(name));
  const id = (read(found).value as { id?: unknown } | undefined)?.id;
  return {
    sequence: found.seq,
    at: toInstant(found.time.getTime()),
    durable: found.subject.slice(names.deadLetter('').length),
    subject: header(DEAD_SUBJECT),
    originSequence: Number(header(DEAD_SEQUENCE)),
    reason: header(DEAD_REASON),
    id: typeof id === 'string' ? id : null,
    bytes: found.data.byteLength,
  };
}

/** The message's JSON, where it is some, and its text. */
function read({ data }: StoredMsg): { value: unknown; text: string } {
  const text = new TextDecoder().decode(data);
  try {
    return { value: decodeJson(data), text };
  } catch {
    return { value: undefined, text };
  }
}

function isMissing(error: unknown): boolean {
  const code = apiErrorOf(error);
  return code === MESSAGE_NOT_FOUND || code === STREAM_NOT_FOUND || (error as { code?: string }).code === '404';
}
