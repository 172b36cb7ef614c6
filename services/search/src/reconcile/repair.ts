import type { Names, SearchKind } from '@ortoo/shared/contracts';
import type { Logger } from '@ortoo/shared/kernel';
import type { BulkWriter } from '../index/bulk.ts';
import type { Engine } from '../index/engine.ts';
import { createStateWriter, projectStates } from '../index/state-writer.ts';
import type { Owners } from '../owners.client.ts';
import type { ChangeData } from '../projections/index-document.ts';
import { type Finding, judge } from './reconcile.rules.ts';
import type { Run } from './run.ts';

const READ_TIMEOUT_MS = 10_000;

/** A document that looked wrong. `isTombstone`: the index holds it as deleted. */
export type Doubt = { id: string; isTombstone: boolean };

/** Asks for some documents once more on both sides, counts what is really wrong with them, and mends it. */
export type Repair = (options: Run & { kind: SearchKind; doubts: Doubt[] }) => Promise<void>;

export type RepairDeps = {
  engine: Pick<Engine, 'readVersions' | 'removeVersions'>;
  owners: Pick<Owners, 'fetch'>;
  writer: BulkWriter;
  names: Names;
  log: Logger;
};

export function createRepair({ engine, owners, writer, names, log }: RepairDeps): Repair {
  /** The index is asked before the owner: what it holds is then never newer than what the owner says, unless it is wrong. */
  async function judgeAgain({ index, kind, doubts, settledMs }: Parameters<Repair>[0]) {
    const ids = doubts.map(({ id }) => id);
    const held = await engine.readVersions(index, ids, READ_TIMEOUT_MS);
    const owned = new Map((await owners.fetch(kind, ids)).map((state) => [state.id, state]));
    return doubts.flatMap(({ id, isTombstone }): Judged[] => {
      const state = owned.get(id);
      const v = held.get(id);
      const finding = judge(state?.v, v);
      if (!finding || (state && Date.parse(state.changedAt) > settledMs)) return [];
      return [{ id, finding, state, v: v ?? 0, isTombstone }];
    });
  }

  return async (options) => {
    const { index, kind, counts, signal, say } = options;
    const alias = names.writeAlias(index);
    const judged = await judgeAgain(options);
    const write = createStateWriter({ alias, writer, log, signal, onWait: say });
    const states = judged.flatMap(({ finding, state }) => (state && finding !== 'ahead' ? [state] : []));
    const { taken, left } = await write(projectStates(states, log));
    const gone = judged.filter(({ finding }) => finding === 'extra');
    if (gone.length > 0) await engine.removeVersions(alias, gone);
    // A tombstone whose owner has forgotten it by now has done its work: no finding.
    const found = judged.filter(({ finding, isTombstone }) => finding !== 'extra' || !isTombstone);
    for (const { id, finding, v, state } of found) {
      counts[finding] += 1;
      log.warn({ index, kind, id, finding, held: v, owned: state?.v }, 'the index differed from an owner');
    }
    counts.left += left;
    counts.repaired += taken + found.filter(({ finding }) => finding === 'extra').length;
  };
}

type Judged = { id: string; finding: Finding; state: ChangeData | undefined; v: number; isTombstone: boolean };
