import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';

const room = JSON.stringify(new URL('./index.ts', import.meta.url).href);

/** A service with one part, whose stop takes a while. */
const program = `
import { setTimeout as delay } from 'node:timers/promises';
import { createLifecycle, runService } from ${room};
const holding = setInterval(() => {}, 1000);
const part = {
  name: 'slow',
  start: async () => { process.on('message', () => setImmediate(() => { throw new Error('the link is lost for good'); })); },
  stop: () => delay(300).then(() => { console.log('the part has stopped'); clearInterval(holding); }),
};
await runService('test', {
  readConfig: () => ({ LOG_LEVEL: 'info', ORTOO_PARENT_WATCH: true }),
  createService: ({ log }) => ({ lifecycle: createLifecycle([part], log) }),
});
`;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

async function startService() {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
  });
  children.push(child);
  let output = '';
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const says = (text: string) =>
    new Promise<void>((resolve) => {
      if (output.includes(text)) resolve();
      child.stdout?.on('data', () => output.includes(text) && resolve());
    });
  child.stdout?.on('data', (chunk) => {
    output += String(chunk);
  });
  await says('"ready"');
  return { child, exit, says, count: (text: string) => output.split(text).length - 1 };
}

test('the end of the parent stops a service once, and it ends when its parts have', async () => {
  const { child, exit, count } = await startService();
  child.stdin?.end();
  expect(await exit).toBe(0);
  expect([count('"stopping"'), count('the part has stopped'), count('"stopped"')]).toEqual([1, 1, 1]);
});

test('the end of the parent does not cut a stop short that a signal began', async () => {
  const { child, exit, says, count } = await startService();
  child.kill('SIGTERM');
  await says('"stopping"');
  child.stdin?.end();
  expect(await exit).toBe(0);
  expect([count('"stopping"'), count('the part has stopped')]).toEqual([1, 1]);
});

test('an error that nobody handles is told and stops a service, which ends as failed', async () => {
  const { child, exit, count } = await startService();
  child.send('break');
  expect(await exit).toBe(1);
  expect([count('the link is lost for good') > 0, count('the part has stopped')]).toEqual([true, 1]);
});

test('a second signal ends a service at once', async () => {
  const { child, exit, says, count } = await startService();
  child.kill('SIGTERM');
  await says('"stopping"');
  child.kill('SIGTERM');
  expect(await exit).toBe(1);
  expect(count('the part has stopped')).toBe(0);
});
