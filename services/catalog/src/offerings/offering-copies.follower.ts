import type { Bus, Following } from '@ortoo/shared/bus';
import type { Logger, Part } from '@ortoo/shared/kernel';
import type { OfferingCopies } from './offering-copies.actions.ts';

type FollowerDeps = { bus: Bus; copies: OfferingCopies; log: Logger };

/** Follows companies, and offerings themselves, for what these say of their companies. Replicas share the work. */
export function createCopiesFollower({ bus, copies, log }: FollowerDeps): Part {
  const { names } = bus;
  let following: Following | undefined;
  return {
    name: 'offering copies',
    start: async () => {
      following = await bus.follow({
        durable: names.followerDurable('offering-copies'),
        subjects: [names.changesOf('catalog', 'company'), names.changesOf('catalog', 'offering')],
        apply: copies.apply,
        log,
      });
    },
    stop: async () => following?.stop(),
  };
}
