#!/usr/bin/env node
// Runs before `npm start` and `npm test`, on whatever Node the machine has: installs what is missing, else does nothing.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUp } from './install.mjs';

const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => console.error(`set-up: ${line}`);

try {
  await setUp(projectDir, say);
} catch (error) {
  if (error.exitCode === undefined) throw error;
  say(error.message);
  process.exitCode = error.exitCode;
}
