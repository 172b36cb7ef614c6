import { writeSync } from 'node:fs';

/**
 * Places where a test may end, stop or fail a process, each a state that a crash can leave. The name says what is done
 * and what is not.
 */
export const failpoints = [
  'store.before-commit',
  'store.committed-not-answered',
  'store.tombstone-not-published',
  'store.repeat-not-answered',
  'rpc.answered',
  'relay.queued-not-read',
  'relay.published-not-acked',
  'relay.acked-not-cleared',
  'relay.cleared',
  'tombstone.not-purged',
  'janitor.midway',
  'rearm.marked-not-recorded',
  'consumer.dead-letter-not-termed',
  'offerings.page-followed',
  'import.rows-written',
  'mentions.page-searched',
  'search.before-bulk',
  'search.bulk-not-acked',
  'search.filling',
  'search.filled-not-attached',
  'search.attached-not-recorded',
] as const;
export type Failpoint = (typeof failpoints)[number];

const TRIGGER = `(${failpoints.map((name) => name.replaceAll('.', '\\.')).join('|')})=(kill|throw|pause[1-9][0-9]{0,4})(@[1-9][0-9]{0,5}|:always)?`;

/** What ORTOO_FAILPOINTS may say: `<name>=<action>[@<hit>|:always]`, several with commas between. */
export const FAILPOINTS_PATTERN = `^${TRIGGER}(,${TRIGGER})*$`;

type Trigger = { action: 'kill' | 'throw' | 'pause'; pauseMs: number; hit: number | 'always' };

let armed: Map<Failpoint, Trigger> | undefined;
const hits = new Map<Failpoint, number>();

/** Thrown by the action `throw`. */
export class FailpointError extends Error {
  override readonly name = 'FailpointError';
}

/**
 * Arms what a text names, for the life of the process; without a text nothing is armed. `kill` is SIGKILL to the own
 * process, `throw` a FailpointError, `pause500` blocks the whole process for 500 ms; at the first hit, the hit named
 * (`@3`), or each (`:always`). Throws when the text cannot be read.
 */
export function armFailpoints(text: string | undefined): void {
  hits.clear();
  armed = text ? new Map(text.split(',').map(parseTrigger)) : undefined;
}

/** Marks a place; does nothing unless a test has armed it. */
export function failpoint(name: Failpoint): void {
  if (armed !== undefined) hit(name, armed.get(name));
}

/** Whether something will happen at a place: for what has to be brought about only then. */
export function isFailpointArmed(name: Failpoint): boolean {
  return armed?.has(name) === true;
}

/** How often a place was passed since something was armed. */
export function failpointHits(name: Failpoint): number {
  return hits.get(name) ?? 0;
}

function parseTrigger(text: string): [Failpoint, Trigger] {
  const [, name, action = '', when] = new RegExp(`^${TRIGGER}$`).exec(text) ?? [];
  if (!name) throw new Error(`"${text}" is no failpoint; expected <name>=kill|throw|pause<ms>[@<hit>|:always].`);
  const pauseMs = action.startsWith('pause') ? Number(action.slice('pause'.length)) : 0;
  const hitWanted = when === ':always' ? 'always' : Number(when?.slice(1) ?? 1);
  return [name as Failpoint, { action: pauseMs > 0 ? 'pause' : (action as 'kill' | 'throw'), pauseMs, hit: hitWanted }];
}

function hit(name: Failpoint, trigger: Trigger | undefined): void {
  const count = failpointHits(name) + 1;
  hits.set(name, count);
  if (!trigger || (trigger.hit !== 'always' && trigger.hit !== count)) return;
  writeSync(2, `${JSON.stringify({ failpoint: name, hit: count, action: trigger.action })}\n`);
  if (trigger.action === 'throw') throw new FailpointError(`The failpoint ${name} was hit.`);
  if (trigger.action === 'kill') process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, trigger.pauseMs || 60_000); // the kill is on its way
}
