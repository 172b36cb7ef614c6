import type { DaySum } from '@ortoo/shared/contracts';
import type { Random } from '@ortoo/shared/kernel';
import type { Document, MadeKind, Portal, Row } from './portal.ts';

/** A portal in which documents change: the made-up ones, and above them what was written since. */
export type WrittenPortal = Portal & {
  /** Writes one document again or, one time in ten, deletes it; answers what its owner has of it now. */
  write(random: Random, at: string): Document;
  /** Every document that was written, as its owner has it. */
  written(): Row[];
};

const kinds = ['company', 'offering', 'article'] as const;
const DELETED = 0.1;

type Written = Row & { kind: MadeKind; n: number };

export function keepWrites(portal: Portal): WrittenPortal {
  const written = new Map<string, Written>();
  const keyOf = (kind: MadeKind, n: number) => `${kind} ${n}`;

  function documentOf(kind: MadeKind, n: number): Document {
    const made = portal.documentOf(kind, n);
    const found = written.get(keyOf(kind, n));
    if (!found) return made;
    const { v, live, changedAt } = found;
    const { state, ...rest } = made;
    const told = { ...rest, v, check: v, live, visible: live && made.visible, changedAt };
    return live ? { ...told, state: { ...state, updatedAt: changedAt } } : told;
  }

  /** A document that was deleted is nobody's to write. */
  function pickLiving(random: Random): Written {
    for (;;) {
      const kind = random.pick(kinds.filter((one) => portal.counts[one] > 0));
      const n = random.whole(portal.counts[kind]);
      const found = written.get(keyOf(kind, n)) ?? { ...portal.rowOf(kind, n), kind, n };
      if (found.live) return found;
    }
  }

  return {
    ...portal,
    documentOf,
    rowOf: (kind, n) => written.get(keyOf(kind, n)) ?? portal.rowOf(kind, n),
    daysOf: (kind) => {
      const days = new Map(portal.daysOf(kind).map((day) => [day.day, day]));
      for (const one of written.values()) {
        if (one.kind !== kind) continue;
        add(days, portal.rowOf(kind, one.n), -1);
        add(days, one, 1);
      }
      return [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
    },
    write: (random, at) => {
      const before = pickLiving(random);
      const { kind, n } = before;
      written.set(keyOf(kind, n), { ...before, v: before.v + 1, live: !random.chance(DELETED), changedAt: at });
      return documentOf(kind, n);
    },
    written: () => [...written.values()],
  };
}

function add(days: Map<string, DaySum>, { changedAt, v }: Row, sign: 1 | -1): void {
  const day = changedAt.slice(0, 10);
  const { count, sum } = days.get(day) ?? { count: 0, sum: 0 };
  days.set(day, { day, count: count + sign, sum: sum + sign * v });
}
