import { createHmac, hkdfSync } from 'node:crypto';
import { type Clock, newSecret, shiftInstant } from '@ortoo/shared/kernel';
import { createDatabaseGuard, type Mongo } from '@ortoo/shared/outbox';
import type { Repeats } from './inquiry-spam.rules.ts';

/** Who is known again only by a hash, and for this long; MongoDB removes what is older within a minute more. */
const WINDOW_SECONDS = 600;
/** More repeats are not counted. */
const COUNT_MAX = 20;
const STATEMENT_MS = 2_000;

type ArrivalsDeps = { mongo: Mongo; clock: Clock; secret?: string | undefined };
type Arrival = { _id: string; key: string; at: Date };

/** Notes who has sent something in the last minutes, so that repeats are seen in whichever replica they arrive. */
export type InquiryArrivals = {
  /** Notes the arrival of an inquiry and counts those before it; a repeat of the same inquiry counts once. */
  note(arrival: { id: string; email: string; address: string | undefined }): Promise<Repeats>;
  ensureIndexes(): Promise<void>;
};

/**
 * Addresses stand here as hashes, for ten minutes. They have a key that is not in the database, so that who holds that
 * cannot find an address by trying all that there are. Nothing leads from here to an inquiry. Without a secret the key is
 * the process's own: what arrives at another replica is then not taken for a repeat.
 */
export function createInquiryArrivals({ mongo, clock, secret = newSecret(32) }: ArrivalsDeps): InquiryArrivals {
  const { connection } = mongo;
  const hashKey = Buffer.from(hkdfSync('sha256', secret, '', 'ortoo/inquiry-arrivals/v1', 32));
  const hash = (text: string): string => createHmac('sha256', hashKey).update(text).digest('hex');
  const guard = createDatabaseGuard({ connection, service: 'catalog' });
  const arrivals = () => connection.collection<Arrival>('inquiry_arrivals');

  async function noteOne(id: string, text: string): Promise<number> {
    const key = hash(text);
    const _id = hash(`${id} ${text}`);
    const at = new Date(clock.nowMs());
    await guard.write((session) =>
      arrivals().updateOne({ _id }, { $setOnInsert: { key, at } }, { upsert: true, session, maxTimeMS: STATEMENT_MS }),
    );
    const since = new Date(shiftInstant(clock.now(), -WINDOW_SECONDS * 1_000));
    return await guard.read(() =>
      arrivals().countDocuments(
        { key, at: { $gte: since }, _id: { $ne: _id } },
        { limit: COUNT_MAX, maxTimeMS: STATEMENT_MS },
      ),
    );
  }

  return {
    note: async ({ id, email, address }) => {
      const [ofEmail, ofAddress] = await Promise.all([
        noteOne(id, `email ${email.trim().toLowerCase()}`),
        address === undefined ? 0 : noteOne(id, `address ${address}`),
      ]);
      return { email: ofEmail, address: ofAddress };
    },
    ensureIndexes: async () => {
      await arrivals().createIndexes([
        { key: { key: 1, at: 1 } },
        { key: { at: 1 }, expireAfterSeconds: WINDOW_SECONDS },
      ]);
    },
  };
}
