import type { Bus } from '@ortoo/shared/bus';
import { type Clock, type HealthCheck, type Logger, serviceContext } from '@ortoo/shared/kernel';

/** A service that takes longer to answer counts as away. */
const PING_DEADLINE_MS = 1_000;

/** One cheap call to each service behind the gateway, as health checks under the service's name. */
export function pingServices(
  bus: () => Pick<Bus, 'call'>,
  { log, clock }: { log: Logger; clock: Clock },
): Record<string, HealthCheck> {
  const context = () => serviceContext({ log, service: 'gateway', clock, forMs: PING_DEADLINE_MS });
  const isThere =
    (call: () => Promise<unknown>): HealthCheck =>
    async () => {
      await call(); // what it throws says why not
      return null;
    };
  return {
    catalog: isThere(() => bus().call(context(), 'rpc.catalog.outbox.state', {})),
    news: isThere(() => bus().call(context(), 'rpc.news.outbox.state', {})),
    search: isThere(() => bus().call(context(), 'rpc.search.state', {})),
  };
}
