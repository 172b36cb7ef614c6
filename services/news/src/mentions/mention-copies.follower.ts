import type { Bus, Following } from '@ortoo/shared/bus';
import type { Logger, Part } from '@ortoo/shared/kernel';
import type { MentionCopies } from './mention-copies.actions.ts';

type FollowerDeps = { bus: Bus; copies: MentionCopies; durable: string; log: Logger };

/**
 * Follows companies for their names (`durable`), and companies and articles for what articles say of companies. Replicas
 * share the work of both; names do not wait for articles.
 */
export function createCopiesFollower({ bus, copies, durable, log }: FollowerDeps): Part {
  const { names } = bus;
  const companies = names.changesOf('catalog', 'company');
  const followings: Following[] = [];
  return {
    name: 'company names',
    start: async () => {
      followings.push(await bus.follow({ durable, subjects: [companies], apply: copies.putNames, log }));
      followings.push(
        await bus.follow({
          durable: names.followerDurable('mention-copies'),
          subjects: [companies, names.changesOf('news', 'article')],
          apply: copies.apply,
          log,
        }),
      );
    },
    stop: async () => {
      await Promise.all(followings.splice(0).map((following) => following.stop()));
    },
  };
}
