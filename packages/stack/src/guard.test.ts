import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

test('what a killed process began elsewhere is undone, also when a step of it fails, and what was taken back is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ortoo-guard-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const undo = (key: string) => {
    const commands = [['false'], ['touch', join(folder, key)]];
    return JSON.stringify({ key, commands, env: { PATH: '/usr/bin:/bin' }, deadlineMs: 5_000 });
  };
  const program = `
    import { createGuard } from ${JSON.stringify(new URL('./guard.ts', import.meta.url).href)};
    const guard = createGuard();
    guard.undoAtEnd(${undo('taken-back')});
    guard.undoAtEnd(${undo('kept')});
    guard.forgetUndo('taken-back');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('exit', resolve));
  await expect.poll(() => existsSync(join(folder, 'kept')), { timeout: 10_000 }).toBe(true);
  expect(existsSync(join(folder, 'taken-back'))).toBe(false);
});
