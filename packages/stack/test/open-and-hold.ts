/** Opens a stack for the folder in its first argument, says so, and holds it until it is killed: the parent of a crash test. */
import { openStack } from '@ortoo/stack';

const [, , projectDir = ''] = process.argv;
await openStack({ projectDir, env: process.env, report: (line) => process.stderr.write(`${line}\n`) });
process.stdout.write('open\n');
setInterval(() => {}, 60_000);
