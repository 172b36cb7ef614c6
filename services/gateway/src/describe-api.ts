import { createLogger, createMetrics, systemClock, typeIds } from '@ortoo/shared/kernel';
import { createApp } from './app.ts';

/** The OpenAPI document as text, as it is committed. Needs no server: no route is ever asked. */
export async function describeApi(): Promise<string> {
  const unasked = async (): Promise<never> => {
    throw new Error('nobody asks while the API is described');
  };
  const app = await createApp({
    bus: { call: unasked, callBytes: unasked, uploads: { put: unasked, remove: unasked } },
    keyRing: { authenticate: unasked },
    ledger: { claim: unasked, finish: unasked, release: unasked },
    checks: { servers: {}, services: {} },
    cursorSecret: Buffer.alloc(32),
    origins: [],
    log: createLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics('gateway'),
    clock: systemClock,
    ids: typeIds,
  });
  await app.ready();
  const document = JSON.stringify(app.swagger(), null, 2);
  await app.close();
  return `${document}\n`;
}
