import { expect, test } from 'vitest';
import { chooseWay } from './resolve.ts';

const url = 'nats://broker:4222';
const linux = 'linux-x64';

test('a given URL wins, without one the server is started', () => {
  expect(chooseWay('nats', { NATS_URL: url }, linux)).toEqual({ way: 'given', url });
  expect(chooseWay('nats', {}, linux)).toEqual({ way: 'started' });
});

test('each server is decided on its own, and an empty variable counts as not set', () => {
  const env = { NATS_URL: url, MONGO_URL: '' };
  expect(chooseWay('mongodb', env, linux)).toEqual({ way: 'started' });
  expect(chooseWay('nats', env, linux)).toEqual({ way: 'given', url });
});

test('ORTOO_STACK=embedded passes over a given URL', () => {
  const embedded = { way: 'started', forced: 'embedded' };
  expect(chooseWay('nats', { NATS_URL: url, ORTOO_STACK: 'embedded' }, linux)).toEqual(embedded);
});

test('ORTOO_STACK=given without the URL names the variable that is missing', () => {
  expect(() => chooseWay('elasticsearch', { ORTOO_STACK: 'given' }, linux)).toThrow('ELASTICSEARCH_URL');
});

test('ORTOO_STACK=containers passes over a given URL, on any platform', () => {
  const contained = { way: 'started', forced: 'containers' };
  expect(chooseWay('nats', { ORTOO_STACK: 'containers', NATS_URL: url }, linux)).toEqual(contained);
  expect(chooseWay('nats', { ORTOO_STACK: 'containers' }, 'darwin-arm64')).toEqual(contained);
});

test('an unknown way is refused with the ones there are', () => {
  expect(() => chooseWay('nats', { ORTOO_STACK: 'docker' }, linux)).toThrow('given, containers, embedded');
});

test('a platform without pinned servers is told so, but may use given ones', () => {
  const embedded = { ORTOO_STACK: 'embedded' };
  expect(() => chooseWay('nats', embedded, 'darwin-arm64')).toThrow(
    'only on linux-x64, and this machine is darwin-arm64',
  );
  expect(chooseWay('nats', { NATS_URL: url }, 'darwin-arm64')).toEqual({ way: 'given', url });
});
