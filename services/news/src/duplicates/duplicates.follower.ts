import type { Bus, Following } from '@ortoo/shared/bus';
import type { Logger, Part } from '@ortoo/shared/kernel';
import type { DuplicateGroups } from './duplicate-groups.actions.ts';

type FollowerDeps = { bus: Bus; groups: DuplicateGroups; log: Logger };

/** Follows articles for the groups of duplicates that they are in. Replicas share the work. */
export function createDuplicatesFollower({ bus, groups, log }: FollowerDeps): Part {
  const { names } = bus;
  let following: Following | undefined;
  return {
    name: 'article duplicates',
    start: async () => {
      following = await bus.follow({
        durable: names.followerDurable('article-duplicates'),
        subjects: [names.changesOf('news', 'article')],
        apply: groups.apply,
        log,
      });
    },
    stop: async () => following?.stop(),
  };
}
