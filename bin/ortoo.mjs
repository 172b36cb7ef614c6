#!/usr/bin/env node
// `npx ortoo …`: installs what is missing, then hands over to the pinned Node with the same arguments and terminal.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinnedNode, setUp } from './install.mjs';

const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => console.error(`set-up: ${line}`);

try {
  await setUp(projectDir, say);
  handOver();
} catch (error) {
  if (error.exitCode === undefined) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}

function handOver() {
  const main = join(projectDir, 'packages', 'cli', 'src', 'main.ts');
  const child = spawn(pinnedNode(projectDir), [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child from the terminal too; it takes signals that come together for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    say(`the pinned Node could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
  });
}
