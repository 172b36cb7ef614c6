import type { Static, TObject } from 'typebox';
import { AppError, type Fault } from '../kernel/errors.ts';
import type { Status } from './atoms.ts';
import { applyMergePatch } from './merge-patch.ts';
import { createParser } from './parse.ts';
import type { SlugWish } from './slug.ts';
import { allowedMoves } from './workflow.ts';

/** A broken rule: the fault and the reason that the answer carries. */
export type RuleFault = Fault & { reason: string };

/** Throws VALIDATION_FAILED with all faults at once, under the reason of the first; nothing when there are none. */
export function requireNoFaults(faults: RuleFault[]): void {
  const [first] = faults;
  if (!first) return;
  throw AppError.invalid(
    first.reason,
    faults.map(({ reason: _reason, ...fault }) => fault),
  );
}

type Shapes<S extends TObject> = { input: S; view: TObject };
type Members = Record<string, unknown>;

/**
 * A body without the members that only the server sets (those of `view` that `input` lacks): they are accepted and
 * passed over, so that what was read can be sent back.
 */
export function dropReadOnly(body: Members, { input, view }: Shapes<TObject>): Members {
  const isSettable = (name: string) => name in input.properties || !(name in view.properties);
  return Object.fromEntries(Object.entries(body).filter(([name]) => isSettable(name)));
}

/** A change of a document, read from its body: the whole input as it would be, and what rules found so far. */
export type Edit<I> = { input: I; wish: SlugWish; faults: RuleFault[] };

export type EditRequest = { mode: 'merge' | 'replace'; body: Members };

/**
 * Makes the reader of change bodies of one kind. It applies the body to the input members of the current state and
 * checks the outcome against the input schema. Throws VALIDATION_FAILED (`reason`) with every fault, those that were
 * `found` before included; pointers lead into the document as it would be.
 */
export function createEditReader<S extends TObject>(shapes: Shapes<S>, reason: string) {
  const parse = createParser(shapes.input, reason);
  const names = Object.keys(shapes.input.properties).filter((name) => name !== 'slug' && name !== 'status');

  return (current: object, { mode, body }: EditRequest, found: RuleFault[] = []): Edit<Static<S>> => {
    const { status, slug, ...settable } = dropReadOnly(body, shapes);
    const state = current as Members;
    const faults = [...found, ...('status' in state ? statusFaults(state.status as Status, status) : [])];
    const unknown = 'status' in state || status === undefined ? {} : { status };
    const next = mode === 'replace' ? settable : applyMergePatch(pick(state, names), settable);
    const typed = slug === undefined || (slug === null && mode === 'merge') ? {} : { slug };
    const input = parseWith(faults, reason, () => parse({ ...(next as Members), ...typed, ...unknown }));
    return { input, wish: wishOf(slug), faults };
  };
}

function parseWith<T>(faults: RuleFault[], reason: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const found = error instanceof AppError ? error.details?.errors : undefined;
    if (!found || faults.length === 0) throw error;
    throw AppError.invalid(reason, [...found, ...faults.map(({ reason: _reason, ...fault }) => fault)]);
  }
}

function statusFaults(current: Status, asked: unknown): RuleFault[] {
  if (asked === undefined || asked === current) return [];
  const message = `is changed by a move (${allowedMoves(current).join(', ')}), not by a body`;
  return [{ pointer: '/status', message, expected: current, reason: 'workflow.status-by-move' }];
}

function wishOf(slug: unknown): SlugWish {
  if (typeof slug === 'string') return { type: 'pin', slug };
  return { type: slug === null ? 'follow' : 'keep' };
}

function pick(state: Members, names: string[]): Members {
  return Object.fromEntries(names.filter((name) => state[name] !== undefined).map((name) => [name, state[name]]));
}
