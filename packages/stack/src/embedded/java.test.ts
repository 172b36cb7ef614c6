import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findJava, parseJavaProperties } from './java.ts';

const properties = (home: string, version: string) =>
  `Property settings:\n    java.home = ${home}\n    java.version = ${version}\n`;

/** A machine whose `java` says this of itself. */
function machineWith(version: string): { home: string; env: { PATH: string; JAVA_HOME: string } } {
  const home = mkdtempSync(join(tmpdir(), 'ortoo-java-'));
  onTestFinished(() => rmSync(home, { recursive: true }));
  chmodSync(home, 0o755);
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin', 'java'), `#!/bin/sh\necho '${properties(home, version)}' >&2\n`);
  chmodSync(join(home, 'bin', 'java'), 0o755);
  return { home, env: { JAVA_HOME: home, PATH: '' } };
}

test('home and version are read from what java prints', () => {
  expect(parseJavaProperties(properties('/usr/lib/jvm/java-17', '17.0.15'))).toEqual({
    home: '/usr/lib/jvm/java-17',
    version: '17.0.15',
  });
  expect(parseJavaProperties('Unable to locate a Java Runtime')).toBeUndefined();
});

test.each(['17.0.15', '21'])('Java %s of the machine is used', async (version) => {
  const { home, env } = machineWith(version);
  expect((await findJava(env, false)).found).toEqual({ home, version });
});

test.each(['11.0.2', '1.8.0_392', '25'])('Java %s is refused with the versions that would do', async (version) => {
  const { found, refused } = await findJava(machineWith(version).env, false);
  expect(found).toBeUndefined();
  expect(refused.join()).toContain(`is Java ${version}; Elasticsearch 8.16 needs 17 to 21`);
});

test('as root a Java below a closed folder is refused', async () => {
  const { home, env } = machineWith('17.0.1');
  chmodSync(home, 0o700);
  const { found, refused } = await findJava(env, true);
  expect(found).toBeUndefined();
  expect(refused.join()).toContain(`lies below ${home}`);
});

test('a machine without Java has none', async () => {
  expect(await findJava({ PATH: '' }, false)).toEqual({ refused: [] });
});
