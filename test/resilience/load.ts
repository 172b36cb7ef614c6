import { createSeededRandom, pause, type Random } from '@ortoo/shared/kernel';
import { outcomeOf, type Write } from './history.ts';
import type { Answer, Product } from './product.ts';

export type Load = {
  writes: Write[];
  /** Ids that were written to, the latest last. */
  touched: string[];
  /** Takes no more and waits for the answers that are on their way. */
  stop(): Promise<void>;
};

export type LoadOptions = {
  seed: number;
  clients?: number;
  /** Rest of each client between two writes. */
  restMs?: number;
  /** Chances of each write: the rest are changes. */
  shares?: { create: number; remove: number };
};

type Known = { kind: 'company' | 'article'; id: string; v: number };
type State = { product: Product; writes: Write[]; known: Known[]; touched: string[]; random: Random; name: string };

const plural = { company: 'companies', article: 'articles' } as const;
const KNOWN_MAX = 40;
/** Creates whose outcome is unknown are repeated with the same key, and some of those that were acknowledged. */
const REPEATED_SHARE = 0.1;
const REPEAT_AFTER_MS = 250;

/** Writes through the API until it is stopped: companies and articles are created, changed and deleted by a few clients. */
export function startLoad(product: Product, options: LoadOptions): Load {
  const { seed, clients = 5, restMs = 25, shares = { create: 0.3, remove: 0.1 } } = options;
  const writes: Write[] = [];
  const touched: string[] = [];
  const known: Known[] = [];
  const ending = new AbortController();

  async function client(turn: number): Promise<void> {
    const random = createSeededRandom(seed * 1_000 + turn);
    const name = `${seed.toString(36)}-${turn}`;
    const state: State = { product, writes, known, touched, random, name };
    for (let step = 0; !ending.signal.aborted; step += 1) {
      const chance = random.next();
      if (chance < shares.create || known.length < clients) await create(state, step);
      else if (chance < shares.create + shares.remove) await remove(state, step);
      else await change(state, step);
      await pause(restMs, ending.signal);
    }
  }

  const running = Promise.all(Array.from({ length: clients }, (_, turn) => client(turn)));
  return {
    writes,
    touched,
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

function record(state: State, write: Omit<Write, 'outcome' | 'status' | 'atMs'>, { status, version }: Answer): Write {
  const separator = version.lastIndexOf(':');
  const outcome = outcomeOf(status);
  const known =
    outcome === 'ok' && separator > 0
      ? { id: version.slice(0, separator), v: Number(version.slice(separator + 1)) }
      : {};
  const recorded = { ...write, ...known, outcome, status, atMs: performance.now() };
  state.writes.push(recorded);
  if (recorded.id) state.touched.push(recorded.id);
  return recorded;
}

export function bodyOf(kind: Known['kind'], marker: string): Record<string, unknown> {
  return kind === 'company'
    ? {
        displayName: { mn: `Тулгуур ${marker}` },
        summary: { mn: marker },
        categories: { primary: 'construction' },
        status: 'published',
      }
    : { language: 'en', headline: `Report ${marker}`, summary: marker, status: 'published' };
}

async function create(state: State, step: number): Promise<void> {
  const kind = state.random.next() < 0.5 ? 'company' : 'article';
  const marker = `mark-${state.name}-${step}`;
  const ask = { body: bodyOf(kind, marker), headers: { 'idempotency-key': `key-${marker}` } };
  const attempt = async () =>
    record(state, { action: 'create', kind, marker }, await state.product.call('POST', `/v1/${plural[kind]}`, ask));
  let { id, v, outcome } = await attempt();
  const isRepeated = outcome === 'unknown' || state.random.next() < REPEATED_SHARE;
  if (isRepeated) {
    await pause(REPEAT_AFTER_MS);
    ({ id = id, v = v, outcome } = await attempt());
  }
  if (id && v) state.known.push({ kind, id, v });
  if (state.known.length > KNOWN_MAX) state.known.shift();
}

async function change(state: State, step: number): Promise<void> {
  const target = state.random.pick(state.known);
  const { kind, id } = target;
  const marker = `mark-${state.name}-${step}`;
  const answer = await state.product.call('PATCH', `/v1/${plural[kind]}/${id}`, {
    headers: { 'if-match': `"${target.v}"` },
    body: { summary: kind === 'company' ? { mn: marker } : marker },
  });
  const { v } = record(state, { action: 'change', kind, marker, id }, answer);
  if (v) target.v = Math.max(target.v, v);
  else await reread(state, target);
}

async function remove(state: State, step: number): Promise<void> {
  const target = state.random.pick(state.known);
  const { kind, id, v } = target;
  const marker = `mark-${state.name}-${step}`;
  const answer = await state.product.call('DELETE', `/v1/${plural[kind]}/${id}`, { headers: { 'if-match': `"${v}"` } });
  const { outcome } = record(state, { action: 'remove', kind, marker, id }, answer);
  if (outcome === 'ok') forget(state, target);
  else await reread(state, target);
}

/** After a refusal or an unknown outcome the version is asked for; what is gone is forgotten. */
async function reread(state: State, target: Known): Promise<void> {
  const { status, body } = await state.product.call('GET', `/v1/${plural[target.kind]}/${target.id}`);
  if (status === 200 && typeof body.v === 'number') target.v = body.v;
  else if (status === 404 || status === 410) forget(state, target);
}

function forget(state: State, target: Known): void {
  const place = state.known.indexOf(target);
  if (place >= 0) state.known.splice(place, 1);
}
