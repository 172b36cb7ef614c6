import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { locateFolders } from '../folders.ts';
import { createGuard } from '../guard.ts';
import { readLivingRecord } from './container-record.ts';
import type { ContainerWay } from './container-way.ts';
import { startContainers } from './start-containers.ts';

/** A machine whose `docker` answers as the cases of a shell script say; without one there is no docker. */
function makeMachine(cases?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'ortoo-docker-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  if (cases !== undefined) {
    writeFileSync(join(folder, 'docker'), `#!/bin/sh\ncase "$*" in\n${cases}\n*) exit 1 ;;\nesac\n`);
    chmodSync(join(folder, 'docker'), 0o755);
  }
  const guard = createGuard();
  onTestFinished(() => guard.release());
  const lines: string[] = [];
  const env = { PATH: cases === undefined ? folder : `${folder}:/usr/bin:/bin` };
  const context = { env, guard, folders: locateFolders(folder, {}), report: (line: string) => lines.push(line) };
  return { folder, lines, context };
}

const neverStarts: ContainerWay = {
  title: 'nothing',
  isKept: false,
  findFault: async () => undefined,
  start: () => Promise.reject(new Error('the container ended with exit code 3')),
  stop: async () => undefined,
};
const engine = 'version*) echo 28.0.1 ;;';
const start = ({ context }: ReturnType<typeof makeMachine>, isForced = false) =>
  startContainers(['nats'], { way: neverStarts, context, owner: undefined, isForced });

test.each([
  ['no docker', undefined, 'nats: no containers: docker is not on this machine; looking for another way'],
  ['no engine', 'version*) echo "Cannot connect to the Docker daemon at unix:///x." >&2; exit 1 ;;', 'Cannot connect'],
  ['no image and no registry', `${engine}\npull*) echo "no such host" >&2; exit 1 ;;`, 'cannot be had: no such host;'],
  ['an image that does not come up', `${engine}\n"image inspect"*) ;;`, 'ended with exit code 3; looking for another'],
])('a machine with %s says so and leaves the server to the next way', async (_, cases, sentence) => {
  const machine = makeMachine(cases);
  expect(await start(machine)).toEqual([]);
  expect(machine.lines.join('\n')).toContain(sentence);
});

test('ORTOO_STACK=containers makes the same an error that says what to do', async () => {
  const forced = start(makeMachine(), true);
  await expect(forced).rejects.toThrow(
    'ORTOO_STACK=containers, but nats: no containers: docker is not on this machine.',
  );
  await expect(forced).rejects.toMatchObject({ name: 'StackError', hint: expect.stringContaining('Start Docker') });
  await expect(start(makeMachine(`${engine}\n"image inspect"*) ;;`), true)).rejects.toThrow('exit code 3');
});

test('a registry that does not answer is waited for no longer than a few seconds', async () => {
  const machine = makeMachine(`${engine}\npull*) exec sleep 60 ;;`);
  const since = performance.now();
  expect(await start(machine)).toEqual([]);
  expect(performance.now() - since).toBeLessThan(10_000);
  expect(machine.lines.join('\n')).toContain('its registry does not answer');
});

test('an image that can be pulled is pulled, and that is told', async () => {
  const machine = makeMachine(`${engine}\npull*) echo "2.12-alpine: Pulling from library/nats" ;;`);
  await start(machine);
  expect(machine.lines.slice(0, 2)).toEqual([
    'image nats:2.12-alpine: not here yet; asking its registry for it',
    'image nats:2.12-alpine: pulled',
  ]);
});

test('a record names only containers that still run', async () => {
  const { folder, context } = makeMachine('"container inspect"*) echo "aaaa true"; echo "bbbb false"; exit 1 ;;');
  const entry = (name: string, container: string) => ({ name, container, url: 'x', version: '1', way: 'containers' });
  const servers = { mongodb: entry('mongodb', 'aaaa'), nats: entry('nats', 'bbbb'), elasticsearch: entry('e', 'cccc') };
  writeFileSync(join(folder, 'containers.json'), JSON.stringify({ format: 1, servers }));
  const { record, stale } = await readLivingRecord(folder, context.env);
  expect(Object.keys(record)).toEqual(['mongodb']);
  expect(stale).toHaveLength(2);
});
