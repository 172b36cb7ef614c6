import { type Context, failpoint } from '../kernel/index.ts';
import { diffStates, type JsonRecord } from './difference.ts';
import { duplicateKeyOf } from './driver-errors.ts';
import { checkOf, type Stored, type StoredDocument, toJsonState, toStored } from './envelope.ts';
import { keyTaken } from './key-taken.ts';
import {
  type CreateOptions,
  changeInstant,
  readRepeated,
  remembers,
  type StoreCore,
  statementMs,
  storedKeys,
} from './store-core.ts';
import { exists, reviveDocument } from './store-revive.ts';
import { buildEntry } from './store-write.ts';

/** Inserts version 1 with its pending entry in one write. A repeat with the same id and key answers what is stored. */
export async function createDocument<T>(
  core: StoreCore<T>,
  ctx: Context,
  options: CreateOptions<T>,
): Promise<Stored<T>> {
  const maxTimeMS = statementMs(ctx, core.clock);
  core.relay.requireRoom();
  const document = buildFirst(core, ctx, options);
  failpoint('store.before-commit');
  try {
    await core.guard.write((session) => core.documents().insertOne(document, { session, maxTimeMS }));
  } catch (error) {
    const duplicate = duplicateKeyOf(error);
    if (!duplicate) throw error;
    return await answerRepeat(core, ctx, options, duplicate);
  }
  failpoint('store.committed-not-answered');
  core.relay.wake(core.kind, options.id, { traceparent: ctx.traceparent, isNewlyPending: true });
  return toStored(document, core.bodyNames);
}

function buildFirst<T>(
  core: StoreCore<T>,
  ctx: Context,
  { id, state, type = 'created', requestKey }: CreateOptions<T>,
): StoredDocument {
  const body = toJsonState(state, core);
  const at = changeInstant(core.clock);
  const visible = core.isVisible(body as T);
  const keys = storedKeys(core, body);
  return {
    ...body,
    _id: id,
    v: 1,
    live: true,
    visible,
    ...(visible ? { firstPublishedAt: at } : {}),
    changedAt: at,
    check: checkOf(id, 1, true),
    ...(keys ? { keys } : {}),
    pending: [buildEntry(core, ctx, { v: 1, type, at, difference: diffStates({}, body), requestKey })],
    pendingSince: at,
    requests: requestKey === undefined ? [] : [{ key: requestKey, v: 1 }],
  };
}

type Duplicate = { field: string; value: unknown };

async function answerRepeat<T>(
  core: StoreCore<T>,
  ctx: Context,
  options: CreateOptions<T>,
  duplicate: Duplicate,
): Promise<Stored<T>> {
  const { id, state, requestKey } = options;
  const maxTimeMS = statementMs(ctx, core.clock);
  const stored = await core.guard.read(() =>
    core.documents().findOne({ _id: id }, { projection: { pending: 0 }, maxTimeMS }),
  );
  if (stored?.live && remembers(stored, requestKey)) {
    const confirmed = await readRepeated(core, ctx, { id, requestKey });
    failpoint('store.repeat-not-answered');
    return toStored(confirmed, core.bodyNames);
  }
  if (stored && !stored.live && core.isIdReusable) return await reviveDocument(core, ctx, options);
  if (stored) throw exists(core, id);
  throw await keyTaken(core, ctx, { key: String(duplicate.value), state: state as JsonRecord });
}
