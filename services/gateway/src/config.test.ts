import { ConfigError } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (CORS_ORIGINS: string) => readConfig({ ORTOO_SECRET: 'a'.repeat(32), CORS_ORIGINS }).CORS_ORIGINS;

test.each([
  'https://www.example.mn',
  'http://localhost:3000',
  'https://a.example.mn, https://b.example.mn:8443',
  'http://[::1]:3000',
  'https://xn--c1aq.xn--l1acc',
])('the origins %s are taken', (origins) => {
  expect(read(origins)).toBe(origins);
});

test.each([
  '*',
  'null',
  'www.example.mn',
  'https://www.example.mn/',
  'https://www.example.mn/app',
  'https://Example.mn',
  'ftp://example.mn',
  'https://a.example.mn https://b.example.mn',
  'https://a.example.mn,,https://b.example.mn',
])('%s is no list of origins: a browser would never send it, and the setting says so', (origins) => {
  expect(() => read(origins)).toThrow(ConfigError);
  expect(() => read(origins)).toThrow(/CORS_ORIGINS/);
});
