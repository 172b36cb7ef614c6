import { type Static, Type } from 'typebox';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { beginLife, documentMembers, type Judging, type Move } from '../src/contracts/index.ts';
import { AppError, type Context, createMetrics, type Part, shiftInstant, typeIds } from '../src/kernel/index.ts';
import {
  connectMongo,
  createDocumentActions,
  createDueMovesWorker,
  createRelay,
  createVersionedStore,
  type Mongo,
} from '../src/outbox/index.ts';
import {
  createReadableLog,
  createTurnableClock,
  eventually,
  type LinkProxy,
  openLinkProxy,
  refusal,
  testContext,
} from '../src/testing/index.ts';
import { openRig, type Rig } from './outbox-rig.ts';

/** A document with a life and nothing else. */
const NoteState = Type.Object({ ...documentMembers, oldSlugs: Type.Array(Type.String()) });
type NoteState = Omit<Static<typeof NoteState>, 'v'>;
type Requirement = (ctx: Context, state: NoteState, move: Move) => Promise<void>;

const HOUR_MS = 3_600_000;
const clock = createTurnableClock();
let rig: Rig;
let link: LinkProxy;
let mongo: Mongo;
let running: Part[] = [];
/** What `requireMovable` says; a test may have it refuse. */
let requirement: Requirement | undefined;
/** What a move changes besides; a test may have it change something. */
let besides: ((state: NoteState) => NoteState) | undefined;

beforeAll(async () => {
  rig = await openRig();
  link = await openLinkProxy(rig.namespace.mongoUrl);
  const { names, log } = rig.namespace;
  mongo = await connectMongo({ url: `${link.url}/?directConnection=true`, database: names.database('catalog'), log });
});
afterEach(async () => {
  requirement = undefined;
  besides = undefined;
  for (const part of running.reverse()) await part.stop();
  running = [];
});
afterAll(async () => {
  await mongo.close();
  await link.close();
  await rig.close();
});

/** Notes of a collection of their own, moved by a worker. */
async function startNotes(collection: string) {
  const { connection } = mongo;
  const { names } = rig.namespace;
  const { log, lines } = createReadableLog('catalog');
  const metrics = createMetrics('test');
  const relay = createRelay({
    connection,
    publisher: rig.bus.publisher,
    service: 'catalog',
    names,
    log,
    clock,
    metrics,
  });
  const store = createVersionedStore<NoteState>({
    mongo,
    relay,
    clock,
    service: 'catalog',
    kind: 'company',
    collection,
    members: NoteState,
    keysOf: ({ slug }) => [`slug:${slug}`],
    isVisible: ({ status }) => status === 'published',
    indexes: [],
  });
  await store.ensureIndexes();
  const notes = createDocumentActions<NoteState, { slug: string }>({
    kind: 'company',
    store,
    clock,
    open: ({ slug }, { stamp }: Judging) => ({ ...beginLife('draft', stamp), slug, oldSlugs: [] }),
    revise: (state) => state,
    knownCategories: async () => new Set(),
    requireMovable: async (ctx, state, move) => requirement?.(ctx, state, move),
    afterMove: (state) => besides?.(state) ?? state,
  });
  const worker = createDueMovesWorker({ kinds: [notes], clock, log });
  await relay.start();
  await worker.start();
  running = [relay, worker];
  const ctx = () => testContext({ deadlineMs: clock.nowMs() + 10_000 });
  const move = (id: string, name: Move, more: { body?: object; requestKey?: string } = {}) =>
    notes.move(ctx(), { id, move: name, lang: 'en', ...more });
  return {
    store,
    lines,
    move,
    get: (id: string) => store.get(ctx(), id),
    draft: async (slug: string) => {
      const { id } = await notes.create(ctx(), { id: typeIds.next('company'), input: { slug }, lang: 'en' });
      return id;
    },
    plan: async (id: string, inMs: number, untilMs?: number) => {
      const end = untilMs === undefined ? {} : { unpublishAt: shiftInstant(clock.now(), untilMs) };
      return move(id, 'schedule', { body: { publishAt: shiftInstant(clock.now(), inMs), ...end } });
    },
    reaches: (id: string, v: number) =>
      eventually(
        async () => {
          const found = await store.get(ctx(), id);
          return found.v >= v && found.state;
        },
        { timeoutMs: 30_000 },
      ),
    typesOf: (id: string) => eventually(() => rig.receivedOf(id).flatMap(({ data }) => data.changes)),
  };
}

const refuse: Requirement = async (_ctx, _state, move) => {
  if (move === 'publish') throw AppError.conflict('note.not-ready', 'The note is not ready.');
};

test('what must hold elsewhere is asked before a move, and after the workflow; a refusal writes nothing', async () => {
  const notes = await startNotes('asked');
  const asked: string[] = [];
  requirement = async (ctx, state, move) => {
    asked.push(`${state.status} ${move}`);
    await refuse(ctx, state, move);
  };
  const id = await notes.draft('asked');
  expect(await refusal(notes.move(id, 'publish'))).toMatchObject({ code: 'CONFLICT', reason: 'note.not-ready' });
  expect(await refusal(notes.move(id, 'unpublish'))).toMatchObject({ reason: 'workflow.move-refused' });
  expect(await notes.get(id)).toMatchObject({ v: 1, state: { status: 'draft' } });
  await notes.move(id, 'submit');
  expect(asked).toEqual(['draft publish', 'draft submit']);
});

test('a repeat of a move that was made is answered, whatever must hold by now', async () => {
  const notes = await startNotes('repeated');
  const id = await notes.draft('repeated');
  const made = await notes.move(id, 'publish', { requestKey: 'k' });
  requirement = refuse;
  expect(await notes.move(id, 'publish', { requestKey: 'k' })).toEqual(made);
});

test('a move changes the same besides, whether a caller or the clock makes it', async () => {
  const notes = await startNotes('besides');
  besides = (state) => ({ ...state, oldSlugs: [...state.oldSlugs, `was-${state.status}`] });
  const byHand = await notes.draft('by-hand');
  expect(await notes.move(byHand, 'publish')).toMatchObject({ state: { oldSlugs: ['was-published'] } });
  const byClock = await notes.draft('by-clock');
  await notes.plan(byClock, 200);
  expect(await notes.reaches(byClock, 3)).toMatchObject({ oldSlugs: ['was-scheduled', 'was-published'] });
});

test('a planned publication that is refused goes back to a draft, and says so', async () => {
  const notes = await startNotes('refused');
  const id = await notes.draft('refused');
  const planned = await notes.plan(id, HOUR_MS);
  requirement = refuse;
  clock.turn(HOUR_MS);
  const back = await notes.reaches(id, 3);
  expect(back).toMatchObject({ status: 'draft', updatedBy: 'schedule' });
  expect(back).not.toHaveProperty('publishAt');
  const { publishAt: at } = planned.state;
  expect(notes.lines).toContainEqual(
    expect.objectContaining({
      kind: 'company',
      id,
      at,
      reason: 'note.not-ready',
      msg: 'a planned publication was refused; it is a draft again',
    }),
  );
  await eventually(async () => (await notes.typesOf(id)).some(({ type }) => type === 'unscheduled'));
  expect((await notes.typesOf(id)).map(({ type }) => type)).not.toContain('published');
});

test('what cannot be moved just now keeps nothing that comes after it, and is moved when it can be', async () => {
  const notes = await startNotes('blocked');
  const ids = await Promise.all(Array.from({ length: 80 }, (_, index) => notes.draft(`blocked-${index}`)));
  const blocked = new Set(ids.slice(0, 40)); // more than one batch
  for (const id of ids) await notes.plan(id, blocked.has(id) ? HOUR_MS : HOUR_MS + 1);
  requirement = async (_ctx, { slug }) => {
    if (Number(slug.slice('blocked-'.length)) < 40) throw AppError.unavailable('note.unsure', 'Nobody can say.');
  };
  clock.turn(HOUR_MS + 1_000);
  for (const id of ids.slice(40)) expect(await notes.reaches(id, 3)).toMatchObject({ status: 'published' });
  for (const id of blocked) expect((await notes.get(id)).state.status).toBe('scheduled');
  requirement = undefined;
  for (const id of blocked) expect(await notes.reaches(id, 3)).toMatchObject({ status: 'published' });
});

test('what was due twice while nobody looked is archived before the next are published, and nothing is published for good', async () => {
  const notes = await startNotes('twice');
  const ids = await Promise.all(Array.from({ length: 40 }, (_, index) => notes.draft(`twice-${index}`)));
  for (const [index, id] of ids.entries()) await notes.plan(id, HOUR_MS + index, HOUR_MS + 1_000);
  const seen = new Set<string>();
  requirement = async (ctx, { slug }) => {
    if (slug !== 'twice-39') return;
    for (const { state } of await notes.store.getMany(ctx, ids.slice(0, 32))) seen.add(state.status);
  };
  clock.turn(2 * HOUR_MS);
  for (const id of ids) expect(await notes.reaches(id, 4)).toMatchObject({ status: 'archived', updatedBy: 'schedule' });
  expect([...seen]).toEqual(['archived']); // all of the first batch, when one of the second is about to be published
  for (const id of ids) {
    const { items } = await notes.store.revisions(testContext({ deadlineMs: clock.nowMs() + 10_000 }), {
      id,
      limit: 9,
    });
    expect(items.map(({ type }) => type)).toEqual(['archived', 'published', 'scheduled', 'created']);
  }
});

test('a plan that is taken back in the moment in which it is kept is not kept', async () => {
  const notes = await startNotes('withdrawn');
  const id = await notes.draft('withdrawn');
  await notes.plan(id, HOUR_MS);
  requirement = async () => {
    requirement = undefined;
    await notes.move(id, 'unschedule');
  };
  clock.turn(HOUR_MS);
  expect(await notes.reaches(id, 3)).toMatchObject({ status: 'draft', updatedBy: 'test' });
  const canary = await notes.draft('canary');
  await notes.plan(canary, 300);
  await notes.reaches(canary, 3);
  expect(await notes.get(id)).toMatchObject({ v: 3, state: { status: 'draft' } });
});

test('what became due while MongoDB was away is moved when it is back', async () => {
  const notes = await startNotes('away');
  const id = await notes.draft('away');
  await notes.plan(id, HOUR_MS);
  link.cut();
  clock.turn(HOUR_MS);
  await eventually(() => notes.lines.some(({ msg }) => String(msg).startsWith('planned moves could not')));
  link.mend();
  expect(await notes.reaches(id, 3)).toMatchObject({ status: 'published' });
  await eventually(() => notes.lines.some(({ msg }) => msg === 'planned moves are made again'));
});

test('the earliest planned instants are read from their index alone', async () => {
  const notes = await startNotes('indexed');
  await notes.plan(await notes.draft('indexed'), HOUR_MS);
  const [first] = await notes.store.earliest(testContext({ deadlineMs: clock.nowMs() + 10_000 }), {
    member: 'publishAt',
    limit: 10,
  });
  const explained = await mongo.connection
    .collection('indexed')
    .find({ publishAt: { $gte: first?.at } }, { projection: { publishAt: 1 }, sort: { publishAt: 1, _id: 1 } })
    .explain('executionStats');
  expect(explained.executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 0 });
});
