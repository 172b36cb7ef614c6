import { spawn } from 'node:child_process';
import { basename, delimiter, sep } from 'node:path';

const keptChars = 64 * 1024;
const graceMs = 5_000;

/**
 * Runs npm in the project and answers how it ended and what it printed last.
 * Ctrl-C, SIGTERM and the deadline end npm with everything it started.
 *
 * @param {string[]} args such as `['ci']`
 * @param {{projectDir: string, deadlineMs: number, onTick: (elapsedMs: number) => void, tickMs: number}} options
 * @returns {Promise<{code: number | null, ended: string, output: string, isMissing: boolean, stoppedBy: string | null}>}
 */
export function runNpm(args, { projectDir, deadlineMs, onTick, tickMs }) {
  return new Promise((resolve) => {
    const { command, prefix, env } = findNpm(projectDir, process.env);
    const isWindows = process.platform === 'win32';
    const child = spawn(command, [...prefix, ...args], {
      cwd: projectDir,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: isWindows && prefix.length === 0,
      detached: !isWindows, // an own group: npm's install scripts end with it
    });
    const since = performance.now();
    let output = '';
    let stoppedBy = null;
    let isMissing = false;
    const keep = (chunk) => {
      output = (output + chunk).slice(-keptChars);
    };
    const stop = (why) => {
      stoppedBy ??= why;
      killGroup(child, 'SIGTERM');
      setTimeout(() => killGroup(child, 'SIGKILL'), graceMs).unref();
    };
    const onSignal = (signal) => stop(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, onSignal);
    const ticker = setInterval(() => onTick(performance.now() - since), tickMs);
    const deadline = setTimeout(() => stop('deadline'), deadlineMs);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => {
      isMissing = error.code === 'ENOENT';
      keep(`${error.message}\n`);
      finish(null, null);
    });
    child.on('close', finish);

    function finish(code, signal) {
      clearInterval(ticker);
      clearTimeout(deadline);
      for (const name of signals) process.off(name, onSignal);
      resolve({
        code,
        ended: signal === null ? `exit code ${code}` : `signal ${signal}`,
        output,
        isMissing,
        stoppedBy,
      });
    }
  });
}

function killGroup(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

/**
 * The npm that runs us, else the one on PATH. The clone's own node_modules is taken off PATH: `npm ci` deletes it
 * while npm runs, and with it the Node that would run npm's scripts.
 */
export function findNpm(projectDir, env) {
  const inside = `${projectDir}${sep}node_modules${sep}`;
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const path = (env[pathName] ?? '').split(delimiter).filter((dir) => !`${dir}${sep}`.startsWith(inside));
  const cleaned = { ...env, [pathName]: path.join(delimiter) };
  const { npm_execpath: script, npm_node_execpath: node } = env;
  if (script !== undefined && node !== undefined && basename(script) === 'npm-cli.js' && !node.startsWith(inside)) {
    return { command: node, prefix: [script], env: cleaned };
  }
  return { command: 'npm', prefix: [], env: cleaned };
}
