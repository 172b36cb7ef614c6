import { openStack, type ServerName, type Stack } from '@ortoo/stack';
import type { CliConfig } from '../config.ts';
import type { ProjectPaths } from '../project.ts';
import type { Screen } from '../screen/screen.ts';
import { createRestarter, type Restarter } from '../supervision/restarter.ts';
import type { Halt } from './halt.ts';

type Options = { config: CliConfig; paths: ProjectPaths; screen: Screen; halt: Halt; onChange: (stack: Stack) => void };

export type SupervisedStack = { stack: Stack; stop(): Promise<void> };

/** Finds or starts the three servers and starts one that dies again, on the same data. */
export async function openSupervisedStack({
  config,
  paths,
  screen,
  halt,
  onChange,
}: Options): Promise<SupervisedStack> {
  const restarters = new Map<ServerName, { restarter: Restarter; upSinceMs: number; lastLines: string[] }>();
  const stack = await screen.step(
    'MongoDB, NATS and Elasticsearch',
    (report) =>
      openStack({
        projectDir: paths.projectDir,
        env: config.env,
        report,
        signal: halt.signal,
        onExit(name, { code, signal, lastLines }) {
          const entry = entryOf(name);
          entry.lastLines = lastLines;
          const how = signal ?? (code === null ? 'it is gone' : `exit code ${code}`);
          entry.restarter.noteDeath({ how, ranForMs: performance.now() - entry.upSinceMs });
        },
      }),
    ({ servers }) =>
      `Servers: ${Object.values(servers)
        .map(({ name, version, way }) => `${name} ${version} (${way})`)
        .join(', ')}`,
  );

  function entryOf(name: ServerName) {
    const known = restarters.get(name);
    if (known) return known;
    const restarter = createRestarter({
      name,
      say: screen.warn,
      giveUp: (death) => halt.giveUp(name, death, entry.lastLines),
      async startAgain() {
        await stack.restart(name);
        entry.upSinceMs = performance.now();
        onChange(stack);
        screen.line(`${name} is back`);
      },
    });
    const entry = { restarter, upSinceMs: 0, lastLines: [] as string[] };
    restarters.set(name, entry);
    return entry;
  }

  onChange(stack);
  return {
    stack,
    stop() {
      for (const { restarter } of restarters.values()) restarter.cancel();
      return stack.stop();
    },
  };
}
