/**
 * `npm run test:compose`: everything that containers promise, on the engine of this machine. Not a part of `npm test`,
 * which must hold where no engine is; this needs one that has the images or can pull them, and exits 2 without.
 */
import { images } from '@ortoo/stack';
import { createCheck } from './check.ts';
import { checkProduct } from './compose-product.ts';
import { checkServers } from './contained-servers.ts';
import { docker } from './docker.ts';

const PULL_DEADLINE_MS = 15 * 60_000;
const show = (line: string) => process.stdout.write(`${line}\n`);

async function findFault(): Promise<string | undefined> {
  const engine = await docker(['version', '--format', '{{.Server.Version}}'], { deadlineMs: 5_000 });
  if (engine.code !== 0) return `no engine: ${engine.output}`;
  const compose = await docker(['compose', 'version', '--short']);
  if (compose.code !== 0) return `no docker compose: ${compose.output}`;
  show(`Docker ${engine.output}, compose ${compose.output}`);
  for (const image of Object.values(images)) {
    const found = await docker(['image', 'inspect', image, '--format', '{{json .Config.Labels}}']);
    if (found.code === 0) {
      if (/"standin":"true"/.test(found.output))
        show(`${image} is a stand-in: this run proves wiring, not that version.`);
    } else if ((await docker(['pull', image], { deadlineMs: PULL_DEADLINE_MS })).code !== 0)
      return `image ${image} is not here and cannot be pulled`;
  }
  return undefined;
}

const fault = await findFault();
if (fault !== undefined) {
  show(`Nothing was checked: ${fault}.`);
  process.exitCode = 2;
} else {
  const { check, count } = createCheck(show);
  await checkServers(check);
  await checkProduct(check);
  show(`${count()} checks passed.`);
}
