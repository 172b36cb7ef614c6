import { Type } from 'typebox';
import { expect, test } from 'vitest';
import { parseConfig, serviceSettings } from './config.ts';

const schema = Type.Object({
  ...serviceSettings,
  ORTOO_SECRET: Type.String({ minLength: 32 }),
  PORT: Type.Integer({ default: 8080, maximum: 65535 }),
});
const secret = 'a'.repeat(32);

test('defaults fill what the environment leaves out, and text becomes numbers', () => {
  expect(parseConfig(schema, { ORTOO_SECRET: secret, OPS_PORT: '9101' })).toMatchObject({
    PORT: 8080,
    OPS_PORT: 9101,
    LOG_LEVEL: 'info',
  });
});

test('an empty variable counts as left out', () => {
  expect(parseConfig(schema, { ORTOO_SECRET: secret, PORT: '' }).PORT).toBe(8080);
});

test('all faults are named at once and no value is shown', () => {
  const parse = () => parseConfig(schema, { ORTOO_SECRET: 'hunter2', PORT: 'many', LOG_LEVEL: 'loud' });
  expect(parse).toThrow(/ORTOO_SECRET/);
  expect(parse).toThrow(/PORT/);
  expect(parse).toThrow(/LOG_LEVEL/);
  expect(parse).not.toThrow(/hunter2/);
});

test('a variable that no setting names is left alone', () => {
  expect(parseConfig(schema, { ORTOO_SECRET: secret, PATH: '/bin' })).not.toHaveProperty('PATH');
});
