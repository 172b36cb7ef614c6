import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newSecret } from '@ortoo/shared/kernel';
import { playTour, TOUR } from '../support/tour.ts';
import type { Check } from './check.ts';
import { docker, mustDocker } from './docker.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const BUILD_DEADLINE_MS = 15 * 60_000;
const UP_DEADLINE_MS = 5 * 60_000;
const services = ['catalog', 'news', 'search', 'gateway'];

/** `docker compose up --wait` with everything that docker-compose.yml holds, in a project of its own. */
export async function checkProduct(check: Check): Promise<void> {
  const port = await findPort();
  const project = `ortoo-check-${process.pid}`;
  const env = { PORT: String(port), ORTOO_SECRET: newSecret(32) };
  const base = ['compose', '--project-directory', root, '--project-name', project, '--profile', 'tools'];
  const compose = (args: string[], deadlineMs = 60_000) => mustDocker([...base, ...args], { env, deadlineMs });
  const folder = await mkdtemp(join(tmpdir(), 'ortoo-compose-'));
  try {
    await check('without ORTOO_SECRET one sentence says what to do', async () => {
      const { code, output } = await docker([...base, 'config', '--quiet'], { env: { ...env, ORTOO_SECRET: '' } });
      assert.notEqual(code, 0);
      assert.match(output, /ORTOO_SECRET .*at least 32 characters/);
    });
    await check('every image is built', () => compose(['build'], BUILD_DEADLINE_MS));
    await check('all are healthy after `docker compose up --wait`', async () => {
      const order = ['up', '--wait', '--pull', 'never', 'mongo', 'nats', 'elasticsearch', ...services];
      await compose(order, UP_DEADLINE_MS);
    });
    await check('a service is no root, writes nothing to its image and has no capability', async () => {
      const format = '{{.Config.User}} {{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.Init}}';
      for (const name of services) {
        const id = await compose(['ps', '--quiet', name]);
        assert.equal(await mustDocker(['inspect', '--format', format, id]), 'node true [ALL] true');
      }
    });
    await check('only the gateway is published', async () => {
      const format = '{{.Service}} {{range .Publishers}}{{if .PublishedPort}}{{.PublishedPort}} {{end}}{{end}}';
      const published = (await compose(['ps', '--format', format])).split('\n').filter((line) => / \d/.test(line));
      assert.deepEqual([...new Set(published.flatMap((line) => line.trim().split(/\s+/)))], ['gateway', String(port)]);
    });
    await check('the samples are loaded once', async () => {
      assert.match(await compose(['run', '--rm', 'seed'], UP_DEADLINE_MS), /: \d+ created, 0 already there/);
      assert.match(await compose(['run', '--rm', 'seed'], UP_DEADLINE_MS), /: 0 created, \d+ already there/);
    });
    await check('each step of the README tour works as printed', async () => {
      const keyFile = join(folder, 'admin-key');
      await writeFile(keyFile, await compose(['exec', '-T', 'gateway', 'cat', '/keys/admin-key']));
      const { status, stderr, answers } = await playTour({ url: `http://127.0.0.1:${port}`, keyFile });
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
      for (const [step, parts] of TOUR.entries()) for (const part of parts) assert.ok(answers[step]?.includes(part));
    });
    await check('a service that is stopped drains and ends by itself', async () => {
      const ids = await Promise.all(services.map((name) => compose(['ps', '--quiet', name])));
      await compose(['stop', ...services], UP_DEADLINE_MS);
      for (const id of ids) assert.equal(await mustDocker(['inspect', '--format', '{{.State.ExitCode}}', id]), '0');
    });
    await check('what was stored is there after a new start', async () => {
      const total = async () => {
        const response = await fetch(`http://127.0.0.1:${port}/v1/companies?limit=1&total=true`);
        return ((await response.json()) as { total: number }).total;
      };
      await compose(['up', '--wait', '--pull', 'never', ...services], UP_DEADLINE_MS);
      const before = await total();
      assert.ok(before > 0);
      await compose(['down']);
      await compose(['up', '--wait', '--pull', 'never', ...services], UP_DEADLINE_MS);
      assert.equal(await total(), before);
    });
  } finally {
    await docker([...base, 'down', '--volumes', '--rmi', 'local', '--remove-orphans'], { env, deadlineMs: 120_000 });
    await rm(folder, { recursive: true, force: true });
  }
}

function findPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
