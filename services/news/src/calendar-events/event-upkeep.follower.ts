import type { Bus, Following } from '@ortoo/shared/bus';
import type { Logger, Part } from '@ortoo/shared/kernel';
import type { EventUpkeep } from './event-upkeep.ts';

type FollowerDeps = { bus: Bus; upkeep: EventUpkeep; log: Logger };

/** Follows events, for their dates, and companies, for what is shown of them. Replicas share the work. */
export function createEventFollower({ bus, upkeep, log }: FollowerDeps): Part {
  const { names } = bus;
  let following: Following | undefined;
  return {
    name: 'event upkeep',
    start: async () => {
      following = await bus.follow({
        durable: names.followerDurable('event-upkeep'),
        subjects: [names.changesOf('catalog', 'company'), names.changesOf('news', 'event')],
        apply: upkeep.apply,
        log,
      });
    },
    stop: async () => following?.stop(),
  };
}
