import type { Bus, Following } from '@ortoo/shared/bus';
import type { Logger, Part } from '@ortoo/shared/kernel';
import type { CategoryKeeping } from './category-uses.actions.ts';

type FollowerDeps = { bus: Bus; keeping: CategoryKeeping; log: Logger };

/** Follows what names categories, and categories for their deletions. Replicas share the work. */
export function createUsesFollower({ bus, keeping, log }: FollowerDeps): Part {
  const { names } = bus;
  let following: Following | undefined;
  return {
    name: 'category uses',
    start: async () => {
      following = await bus.follow({
        durable: names.followerDurable('category-uses'),
        subjects: [
          names.changesOf('catalog', 'category'),
          names.changesOf('catalog', 'company'),
          names.changesOf('catalog', 'offering'),
          names.changesOf('news', 'article'),
          names.changesOf('news', 'event'),
        ],
        apply: keeping.apply,
        log,
      });
    },
    stop: async () => following?.stop(),
  };
}
