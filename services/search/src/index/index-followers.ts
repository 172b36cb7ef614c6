import type { ConsumerState } from '@ortoo/shared/bus';
import { type FollowerDeps, followIndex, type IndexFollower, type Wanted } from './index.follower.ts';

/** The indexes that this replica keeps up to date: the one that answers and, during a rebuild, the one that is filled. */
export type IndexFollowers = {
  /** Follows the changes into these indexes and no others; answers which of their durables had to be made. */
  keep(wanted: Wanted[]): Promise<Set<string>>;
  stop(): Promise<void>;
  /** What keeps changes out of an index, in a sentence; null when nothing does. */
  trouble(index: string | undefined): string | null;
  /** How far an index is behind the stream; of one that is not followed here it is not known, so its lag grows. Never waits. */
  state(index: string): ConsumerState;
};

export function createIndexFollowers(deps: FollowerDeps): IndexFollowers {
  const following = new Map<string, IndexFollower>();
  const unknownSinceMs = new Map<string, number>();
  const of = (index: string | undefined) => (index === undefined ? undefined : following.get(index));

  function unknownState(index: string): ConsumerState {
    const sinceMs = unknownSinceMs.get(index) ?? deps.clock.nowMs();
    unknownSinceMs.set(index, sinceMs);
    return { pending: 0, stalledMs: 0, lagMs: deps.clock.nowMs() - sinceMs };
  }

  async function leave(name: string): Promise<void> {
    const follower = following.get(name);
    following.delete(name);
    await follower?.stop();
  }

  async function keep(wanted: Wanted[]): Promise<Set<string>> {
    const names = new Set(wanted.map(({ index }) => index.name));
    await Promise.all([...following.keys()].filter((name) => !names.has(name)).map(leave));
    const made = new Set<string>();
    for (const one of wanted) {
      const { name } = one.index;
      if (following.has(name)) continue;
      const follower = await followIndex(deps, one);
      following.set(name, follower);
      unknownSinceMs.delete(name);
      if (follower.isNew) made.add(name);
    }
    return made;
  }

  return {
    keep,
    stop: async () => void (await keep([])),
    trouble: (index) => of(index)?.trouble() ?? null,
    state: (index) => following.get(index)?.state() ?? unknownState(index),
  };
}
