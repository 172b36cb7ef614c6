import { createLogger, systemClock } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { EngineFault } from '../index/client.ts';
import { createOwnDefinition } from '../index/own-definition.ts';
import { createRebuild } from './rebuild.ts';
import { createUpkeepActions } from './upkeep.actions.ts';

const log = createLogger({ service: 'test', level: 'silent' });
const stream = { createdAt: '2026-01-01T00:00:00.000Z', firstSequence: 1, lastSequence: 1, messages: 1 };

/** Upkeep beside an engine that answers every look at its indexes with one fault. */
function upkeepBeside(fault: EngineFault) {
  const look = () => Promise.reject(fault);
  const streamInfo = async () => stream;
  const leases = { take: async () => undefined, noteOf: async () => undefined };
  const indexes = { look, make: look };
  const rebuild = createRebuild({
    bus: { streamInfo, leases },
    indexes,
    own: createOwnDefinition({ engine: { findDictionary: look }, hunspell: 'off', log, clock: systemClock }),
    worker: { wake: () => {} },
    log,
    clock: systemClock,
  });
  const reconcile = { begin: look, state: look };
  const deadLetters = { list: look, get: look, replay: look, count: look };
  return createUpkeepActions({ bus: { streamInfo, deadLetters }, reconcile, rebuild, indexState: look, log });
}

const tripped = new EngineFault(429, 'circuit_breaking_exception', '[parent] Data too large', undefined);
const gone = new EngineFault(0, 'connection', 'connect ECONNREFUSED', undefined);
const noMaster = new EngineFault(503, 'master_not_discovered_exception', 'no master', undefined);

test.each([
  ['has too much in its memory', tripped, 'busy'],
  ['is not there', gone, 'search.engine-unavailable'],
  ['has no master', noMaster, 'search.engine-unavailable'],
])(
  'while the engine %s, upkeep says that it cannot be done now, and when to ask again',
  async (_what, fault, reason) => {
    const upkeep = upkeepBeside(fault);
    const asked = [
      upkeep.rebuildStart(),
      upkeep.rebuildState(),
      upkeep.reconcileStart('cheap'),
      upkeep.reconcileState(),
    ];
    for (const one of asked)
      await expect(one).rejects.toMatchObject({ code: 'UNAVAILABLE', reason, details: { retryAfterMs: 1_000 } });
  },
);

test('a part that cannot be asked is null in the state of the pipeline', async () => {
  expect(await upkeepBeside(tripped).pipeline()).toEqual({
    stream: { first: 1, last: 1, createdAt: stream.createdAt },
    index: null,
    deadLetters: null,
    reconcile: null,
  });
});
