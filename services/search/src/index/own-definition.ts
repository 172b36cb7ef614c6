import type { Clock, Logger } from '@ortoo/shared/kernel';
import { definitions, INDEX_VERSION, type IndexDefinition } from './definition.ts';
import type { Engine } from './engine.ts';
import type { IndexFacts, Own } from './next-step.ts';

/** How often it is looked whether the engine still has the dictionary. */
const ASK_AGAIN_MS = 60_000;

export type OwnDefinition = {
  /** What is compared with the indexes that are there. Throws EngineFault while it is not known whether there is a dictionary. */
  look(all: IndexFacts[], stream: Own['stream']): Promise<Own>;
  /** What a new index is made of; plain before the first look. */
  wanted(): IndexDefinition;
  /** Has the next look ask anew, so that a dictionary that has come is found. */
  forget(): void;
};

export type OwnDefinitionDeps = {
  engine: Pick<Engine, 'findDictionary'>;
  hunspell: 'off' | 'on';
  log: Logger;
  clock: Clock;
  askAgainMs?: number | undefined;
};

/**
 * Which of the two definitions of this release is wanted: the one with the dictionary where it is chosen and the engine
 * has it. A dictionary that is lost is noticed; one that comes, only at a start and by a rebuild. Once the index that
 * answers has been as wanted, this replica leaves it to others that want another: two of them would rebuild in turn.
 */
export function createOwnDefinition(deps: OwnDefinitionDeps): OwnDefinition {
  const { hunspell, log, clock, askAgainMs = ASK_AGAIN_MS } = deps;
  let wanted: IndexDefinition | undefined = hunspell === 'off' ? definitions.plain : undefined;
  let isMissing = false;
  let askedMs: number | undefined;
  let settledOn: string | undefined;

  async function ask(): Promise<void> {
    askedMs = clock.nowMs();
    const fault = await deps.engine.findDictionary();
    if (fault !== null && !isMissing)
      log.warn({ reason: fault }, 'the engine has no dictionary: Mongolian is stemmed without one');
    isMissing = fault !== null;
    if (hunspell === 'on' && isMissing) wanted = definitions.plain;
    if (hunspell === 'on') wanted ??= definitions.withDictionary;
  }

  /** The first answer is waited for; a later one that does not come leaves what was known. */
  async function askWhereDue(isNeeded: boolean): Promise<void> {
    if (wanted === undefined) return ask();
    const isDue = askedMs === undefined || clock.nowMs() - askedMs >= askAgainMs;
    if (!isDue || (wanted.dictionary === undefined && !isNeeded)) return;
    await ask().catch((error: unknown) =>
      log.debug({ err: error }, 'the engine did not say whether it has a dictionary'),
    );
  }

  return {
    look: async (all, stream) => {
      await askWhereDue(all.some(({ meta }) => meta?.dictionary !== undefined));
      const { plain, withDictionary } = definitions;
      const { hash, dictionary } = wanted ?? plain;
      if (all.some(({ isRead, meta }) => isRead && meta?.hash === hash)) settledOn = hash;
      return {
        version: INDEX_VERSION,
        hash,
        otherHash: hash === plain.hash ? withDictionary.hash : plain.hash,
        mayReplace: settledOn !== hash,
        dictionary,
        isDictionaryMissing: isMissing,
        stream,
      };
    },
    wanted: () => wanted ?? definitions.plain,
    forget: () => {
      if (hunspell === 'on') wanted = undefined;
    },
  };
}
