import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('without settings the gateway is at 8080 on the loopback address', () => {
  expect(readConfig({})).toMatchObject({ port: 8080, host: '127.0.0.1', apiUrl: undefined, secret: undefined });
});

test('a gateway that listens on every address is reached on the loopback one', () => {
  expect(readConfig({ HOST: '0.0.0.0' }).host).toBe('127.0.0.1');
  expect(readConfig({ HOST: '10.0.0.7' }).host).toBe('10.0.0.7');
});

test.each(['http', '-1', '65536', '80.5'])('a PORT that is none is refused by name: %s', (PORT) => {
  expect(() => readConfig({ PORT })).toThrow(`PORT is "${PORT}", which is not a port`);
});

test('ORTOO_URL is an http address and loses its last slash', () => {
  expect(readConfig({ ORTOO_URL: 'https://portal.example/' }).apiUrl).toBe('https://portal.example');
  expect(() => readConfig({ ORTOO_URL: 'portal.example' })).toThrow('ORTOO_URL is "portal.example"');
});
