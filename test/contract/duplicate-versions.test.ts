import { expect, test } from 'vitest';
import { findDuplicateVersions, findResolvedAddresses } from './duplicate-versions.ts';

const lockOf = (packages: Record<string, { version?: string; resolved?: string; link?: boolean }>) => ({ packages });

test('the duplicate versions gate names a package that is installed in two versions, with both', () => {
  const lock = lockOf({
    'node_modules/typebox': { version: '1.4.3' },
    'services/gateway/node_modules/typebox': { version: '1.4.2' },
    'node_modules/@elastic/elasticsearch': { version: '8.19.1' },
    'node_modules/x/node_modules/@elastic/elasticsearch': { version: '9.0.0' },
  });
  expect(findDuplicateVersions(lock)).toEqual(['typebox: 1.4.3, 1.4.2', '@elastic/elasticsearch: 8.19.1, 9.0.0']);
});

test('the duplicate versions gate leaves alone one version in two places, and packages that only sound alike', () => {
  const lock = lockOf({
    'node_modules/pino': { version: '10.4.0' },
    'node_modules/x/node_modules/pino': { version: '10.4.0' },
    'node_modules/@types/pino': { version: '7.0.0' },
    'node_modules/picomatch': { version: '2.0.0' },
    'node_modules/x/node_modules/picomatch': { version: '4.0.0' },
  });
  expect(findDuplicateVersions(lock)).toEqual([]);
});

test('the duplicate versions gate names an address that would tie the lockfile to one registry', () => {
  const resolved = 'https://registry.example/pino/-/pino-10.4.0.tgz';
  const lock = JSON.stringify(lockOf({ 'node_modules/pino': { version: '10.4.0', resolved } }), null, 2);
  expect(findResolvedAddresses(lock)).toEqual([`"resolved": "${resolved}"`]);
});

test('the duplicate versions gate leaves alone links to workspaces', () => {
  const lock = lockOf({ 'node_modules/@ortoo/shared': { resolved: 'packages/shared', link: true } });
  expect(findResolvedAddresses(JSON.stringify(lock, null, 2))).toEqual([]);
});
