import type { RunningServer } from '@ortoo/stack';
import { expect, test } from 'vitest';
import { buildSummary, type SummaryFacts } from './summary.ts';

const embedded = (name: RunningServer['name'], data: string): RunningServer => ({
  name,
  url: `tcp://${name}`,
  version: '1',
  way: 'embedded',
  pid: 1,
  data,
});
const facts: SummaryFacts = {
  url: 'http://127.0.0.1:8080',
  publicUrl: undefined,
  services: [{ name: 'gateway', opsUrl: 'http://127.0.0.1:9100' }],
  servers: {
    mongodb: embedded('mongodb', '/clone/.ortoo/mongodb'),
    nats: embedded('nats', '/clone/.ortoo/nats'),
    elasticsearch: embedded('elasticsearch', '/var/lib/ortoo/1/elasticsearch'),
  },
  projectDir: '/clone',
  dataDir: '/clone/.ortoo',
  adminKeyFile: '/clone/.ortoo/admin-key',
  adminKey: { isNew: true, value: 'ok_live_1' },
};
const print = (change: Partial<SummaryFacts> = {}) => buildSummary({ ...facts, ...change }).join('\n');

test('the first admin key is shown in full only by the start that made it', () => {
  expect(print()).toContain('ok_live_1');
  expect(print({ adminKey: { isNew: false, value: 'ok_live_1' } })).not.toContain('ok_live_1');
  expect(print({ adminKey: { isNew: false, value: 'ok_live_1' } })).toContain('.ortoo/admin-key');
});

test('embedded servers are said to be not for production, and wiping names every folder', () => {
  expect(print()).toContain('embedded servers (mongodb, nats, elasticsearch): not for production');
  expect(print()).toContain('rm -rf .ortoo /var/lib/ortoo/1/elasticsearch');
});

test('given servers are shown without their password, and nothing of theirs is offered for wiping', () => {
  const given = (name: RunningServer['name']): RunningServer => ({
    name,
    url: `mongodb://me:hush@db/${name}`,
    version: '8',
    way: 'given',
  });
  const text = print({
    servers: { mongodb: given('mongodb'), nats: given('nats'), elasticsearch: given('elasticsearch') },
  });
  expect(text).not.toContain('hush');
  expect(text).not.toContain('not for production');
  expect(text).toContain('mongodb://me:***@db/mongodb');
});
