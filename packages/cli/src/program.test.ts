import { afterEach, expect, test, vi } from 'vitest';
import { buildProgram } from './program.ts';

afterEach(() => vi.restoreAllMocks());

/** Runs the command line without doing the work of a verb; answers what it printed and the exit code it asks for. */
async function run(...args: string[]) {
  let printed = '';
  const keep = (chunk: unknown) => {
    printed += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  let verbs = 0;
  const program = buildProgram(async () => {
    verbs += 1;
  });
  const exitCode = await program.parseAsync(args, { from: 'user' }).then(
    () => 0,
    (error: { exitCode: number }) => error.exitCode,
  );
  return { printed, exitCode, verbs };
}

test.each([
  ['strat', 'start'],
  ['staus', 'status'],
  ['docter', 'doctor'],
  ['sede', 'seed'],
  ['rebild', 'rebuild'],
  ['reconsile', 'reconcile'],
  ['genrate', 'generate'],
])('an unknown verb is refused and the nearest one is named: %s', async (typed, meant) => {
  const { printed, exitCode, verbs } = await run(typed);
  expect(printed).toContain(`unknown command '${typed}'`);
  expect(printed).toContain(`(Did you mean ${meant}?)`);
  expect({ exitCode, verbs }).toEqual({ exitCode: 1, verbs: 0 });
});

test('import takes a page and refuses other things', async () => {
  expect(await run('import', 'pages')).toMatchObject({
    exitCode: 1,
    printed: expect.stringContaining('(Did you mean page?)'),
  });
  expect(await run('import', 'page')).toMatchObject({ exitCode: 1, printed: expect.stringContaining("'file'") });
});

test('an unknown verb of the stack and an unknown option are refused', async () => {
  expect(await run('stack', 'dwn')).toMatchObject({
    exitCode: 1,
    printed: expect.stringContaining('(Did you mean down?)'),
  });
  expect(await run('status', '--jsn')).toMatchObject({ exitCode: 1, printed: expect.stringContaining('--json') });
});

test.each([
  ['start'],
  ['status'],
  ['seed'],
  ['import'],
  ['import', 'page'],
  ['rebuild'],
  ['reconcile'],
  ['generate'],
  ['doctor'],
  ['stack'],
  ['stack', 'up'],
  ['stack', 'down'],
  ['stack', 'status'],
])('%s %s has help and does nothing then', async (...verb) => {
  const { printed, exitCode, verbs } = await run(...verb.filter((part) => part !== undefined), '--help');
  expect(printed).toContain(`Usage: ortoo ${verb.join(' ')}`);
  expect({ exitCode, verbs }).toEqual({ exitCode: 0, verbs: 0 });
});

test.each([
  ['start'],
  ['status', '--json'],
  ['seed'],
  ['import', 'page', 'a.txt', '--dry-run', '--json'],
  ['rebuild'],
  ['reconcile', '--full'],
  ['generate', '--companies', '5', '--seed', '7'],
  ['doctor', '--json'],
  ['stack', 'up'],
  ['stack', 'down'],
  ['stack', 'status'],
])('%s %s runs its verb once', async (...verb) => expect(await run(...verb)).toMatchObject({ exitCode: 0, verbs: 1 }));

test.each([
  [[], "required option '--companies <n>' not specified"],
  [['--companies', '0'], 'from 1 to 6000000'],
  [['--companies', '6000001'], 'from 1 to 6000000'],
  [['--companies', '1e3'], 'from 1 to 6000000'],
  [['--companies', '5', '--seed', '-1'], 'from 0 to 9007199254740991'],
  [['--companies', '5', '--offerings-per-company', '10001'], 'from 0 to 10000'],
  [['--companies', '5', '--format', 'csv'], 'It is ndjson'],
])('generate %j is refused with what it takes: %s', async (options, told) => {
  const { printed, exitCode, verbs } = await run('generate', ...options);
  expect(printed).toContain(told);
  expect({ exitCode, verbs }).toEqual({ exitCode: 1, verbs: 0 });
});
