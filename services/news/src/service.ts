import { type Bus, connectBus, type Endpoints } from '@ortoo/shared/bus';
import { namesOf } from '@ortoo/shared/contracts';
import {
  type Clock,
  createHeld,
  createLifecycle,
  createMetrics,
  createOpsServer,
  type Lifecycle,
  type Logger,
  type Metrics,
  systemClock,
} from '@ortoo/shared/kernel';
import {
  connectMongo,
  createDueMovesWorker,
  createRelay,
  createTombstoneJanitor,
  type Mongo,
} from '@ortoo/shared/outbox';
import { createArticleActions } from './articles/article.actions.ts';
import { articleEndpoints } from './articles/article.endpoints.ts';
import { createArticleStore } from './articles/article.store.ts';
import { calendarEventEndpoints } from './calendar-events/calendar-event.endpoints.ts';
import { createCalendarEvents } from './calendar-events/calendar-events.ts';
import { followCategories, type KnownCategories } from './categories/known-categories.follower.ts';
import type { NewsConfig } from './config.ts';
import { createDuplicateGroups } from './duplicates/duplicate-groups.actions.ts';
import { createDuplicates } from './duplicates/duplicates.actions.ts';
import { createDuplicatesFollower } from './duplicates/duplicates.follower.ts';
import { createImports } from './imports/imports.ts';
import { createIntakeActions } from './intake/intake.actions.ts';
import { intakeEndpoints } from './intake/intake.endpoints.ts';
import { createPageReader } from './intake/intake-thread.client.ts';
import { createCompanyMentions } from './mentions/company-mentions.ts';
import { createSourceFeeds } from './source-feeds/source-feeds.ts';

export type ServiceOptions = { config: NewsConfig; log: Logger; clock?: Clock };

/**
 * News: articles, calendar events, the intake of raw pages, and the feeds that are read. Parts start in the order of the
 * list and stop in reverse.
 */
export function createService({ config, log, clock = systemClock }: ServiceOptions): {
  lifecycle: Lifecycle;
  opsPort: () => number;
} {
  const names = namesOf(config.ORTOO_NAMESPACE);
  const metrics = createMetrics('news');

  const mongo = createHeld('mongodb', {
    open: () => connectMongo({ url: config.MONGO_URL, database: names.database('news'), log }),
    close: (connection) => connection.close(),
  });
  const bus = createHeld('nats', {
    open: () => connectBus({ url: config.NATS_URL, names, service: 'news', log, metrics, clock }),
    close: (connection) => connection.close(),
  });
  const categories = createHeld('categories', {
    open: () => followCategories({ bus: bus.get(), log, clock }),
    close: (following) => following.stop(),
  });
  const news = createHeld('news', {
    open: async () =>
      wireNews({ config, mongo: mongo.get(), bus: bus.get(), categories: categories.get(), log, clock, metrics }),
    close: async () => undefined,
  });
  const relay = createHeld('relay', {
    open: () => news.get().start(),
    close: () => news.get().stop(),
  });
  const calls = createHeld('calls', {
    open: () => bus.get().serve({ service: 'news', endpoints: news.get().endpoints }),
    close: (serving) => serving.stop(),
  });
  const ops = createOpsServer({
    host: config.HOST,
    port: config.OPS_PORT,
    metrics,
    log,
    checks: {
      mongodb: async () => mongo.get().check(),
      nats: async () => bus.get().check(),
      calls: async () => (calls.get() ? null : 'not serving'),
    },
  });
  return {
    lifecycle: createLifecycle([ops, mongo, bus, categories, news, relay, calls], log),
    opsPort: () => ops.port(),
  };
}

type Wiring = {
  config: NewsConfig;
  mongo: Mongo;
  bus: Bus;
  categories: KnownCategories;
  log: Logger;
  clock: Clock;
  metrics: Metrics;
};

function wireNews({ config, mongo, bus, categories, log, clock, metrics }: Wiring) {
  const { connection } = mongo;
  const { publisher, streamInfo, names } = bus;
  const relay = createRelay({ connection, publisher, streamInfo, service: 'news', names, log, clock, metrics });

  const articles = createArticleStore({ mongo, relay, clock });
  const duplicates = createDuplicates({ articles, clock });
  const groups = createDuplicateGroups({ articles, duplicates, clock, log });
  const duplicatesFollower = createDuplicatesFollower({ bus, groups, log });
  const companies = createCompanyMentions({ mongo, bus, articles, clock, log });
  const { mentions } = companies;
  const articleActions = createArticleActions({ articles, categories, duplicates, mentions, clock });

  const events = createCalendarEvents({ mongo, relay, bus, categories, clock, log });

  const imports = createImports({ mongo, bus, relay, events, categories, clock, log });

  const pages = createPageReader({ clock, log });
  const intakeActions = createIntakeActions({ articles, categories, duplicates, pages, mentions, clock });

  const feeds = createSourceFeeds({
    config,
    mongo,
    bus,
    articles,
    categories,
    intake: intakeActions,
    clock,
    log,
  });

  const janitor = createTombstoneJanitor({ connection, sources: () => relay.sources(), clock, log });
  const dueMoves = createDueMovesWorker({ kinds: [articleActions, events.actions], clock, log });

  const endpoints: Endpoints = {
    ...articleEndpoints(articleActions),
    ...calendarEventEndpoints(events.actions),
    ...intakeEndpoints(intakeActions),
    ...feeds.endpoints,
    ...imports.endpoints,
    'rpc.news.outbox.state': () => relay.state(),
    'rpc.news.outbox.rearm': (_ctx, { since }) => relay.rearm(since),
  };

  async function start(): Promise<void> {
    await bus.ensureStreams();
    await Promise.all([articles, events].map((store) => store.ensureIndexes()));
    await relay.start();
    await janitor.start();
    await dueMoves.start();
    await duplicatesFollower.start();
    await companies.start();
    await events.start();
    await feeds.start();
    await imports.start();
  }

  async function stop(): Promise<void> {
    await imports.stop();
    await feeds.stop();
    await events.stop();
    await companies.stop();
    await duplicatesFollower.stop();
    await dueMoves.stop();
    await pages.close();
    await janitor.stop();
    await relay.stop();
  }

  return { endpoints, start, stop };
}
