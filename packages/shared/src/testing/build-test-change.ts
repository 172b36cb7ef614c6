import type { Kind } from '../contracts/atoms.ts';
import { buildChange, type Change } from '../contracts/change.ts';
import { systemClock } from '../kernel/clock.ts';

/** A valid change of a small document; what a test cares about it overrides. */
export function buildTestChange(overrides: Partial<Change['data']> = {}): Change {
  const changedAt = systemClock.now();
  const { kind = 'company' as Kind, v = 1 } = overrides;
  return buildChange('catalog', {
    kind,
    id: `${kind}_1`,
    v,
    live: true,
    visible: true,
    check: 0,
    changedAt,
    state: { name: 'Тест' },
    changes: [{ v, type: v === 1 ? 'created' : 'updated', at: changedAt, fields: ['name'] }],
    ...overrides,
  });
}
