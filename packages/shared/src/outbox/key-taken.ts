import { isRecord } from '../contracts/index.ts';
import { AppError, type Context } from '../kernel/index.ts';
import type { JsonRecord } from './difference.ts';
import { type StoreCore, statementMs } from './store-core.ts';

/** What a unique key stands for: the reason of its refusal, the member that gave it, and how people call it. */
type Meaning = { reason: string; pointer: string; name: string };

const meanings: Record<string, (value: string, state: JsonRecord) => Meaning> = {
  slug: (value) => ({ reason: 'slug-taken', pointer: '/slug', name: `slug ${value}` }),
  reg: (value) => ({
    reason: 'registration-number-taken',
    pointer: '/registrationNumber',
    name: `registration number ${value}`,
  }),
  ext: (value, { externalIds }) => {
    const ids = Array.isArray(externalIds) ? externalIds : [];
    const place = ids.findIndex((id) => isRecord(id) && [id.system, id.value].join(':') === value);
    return {
      reason: 'external-id-taken',
      pointer: place < 0 ? '/externalIds' : `/externalIds/${place}`,
      name: `external id ${value}`,
    };
  },
  uid: (value) => ({ reason: 'uid-taken', pointer: '/uid', name: `UID ${value}` }),
  canon: (value) => ({ reason: 'already-ingested', pointer: '/url', name: `page ${value}` }),
  text: () => ({ reason: 'already-ingested', pointer: '', name: 'text' }),
};

const meaningOf = (key: string, state: JsonRecord): Meaning => {
  const end = key.indexOf(':');
  const describe = meanings[key.slice(0, end)];
  return describe?.(key.slice(end + 1), state) ?? { reason: 'key-taken', pointer: '', name: 'key' };
};

/** The conflict that a duplicate key is: the member of the written state that gave it, and the `id` of its holder. */
export async function keyTaken<T>(
  core: StoreCore<T>,
  ctx: Context,
  { key, state }: { key: string; state: JsonRecord },
): Promise<AppError> {
  const { kind } = core;
  const maxTimeMS = statementMs(ctx, core.clock);
  const holder = await core.guard.read(() =>
    core.documents().findOne({ keys: key }, { projection: { _id: 1 }, maxTimeMS }),
  );
  const { reason, pointer, name } = meaningOf(key, state);
  const message = `belongs to another ${kind} already`;
  return AppError.conflict(`${kind}.${reason}`, `The ${name} ${message}.`, {
    errors: [{ pointer, message, expected: 'one that is free' }],
    ...(holder ? { id: holder._id } : {}),
  });
}
