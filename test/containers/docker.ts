import { spawn } from 'node:child_process';

export type Answer = { code: number | null; output: string };

/** Runs docker to its end and answers what it printed. Never rejects. */
export function docker(args: string[], { env = {}, deadlineMs = 60_000 } = {}): Promise<Answer> {
  return new Promise((resolve) => {
    const child = spawn('docker', args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: deadlineMs,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output: output.trim() }));
  });
}

/** The same, where only success goes on. Throws with the last lines that it printed. */
export async function mustDocker(args: string[], options: { env?: object; deadlineMs?: number } = {}): Promise<string> {
  const { code, output } = await docker(args, options);
  if (code === 0) return output;
  const tail = output.split('\n').slice(-20).join('\n');
  throw new Error(`docker ${args.slice(0, 8).join(' ')} … ended with ${code}:\n${tail}`);
}
