import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { type Breach, findClock, findEnvironment, findRandomness, findUnrunTests } from './code-conventions.ts';
import { type RepositoryFile, readRepository } from './repository.ts';
import {
  findLengthFaults,
  findMachinePaths,
  findNameFaults,
  findOpenEnds,
  findRegistryHosts,
} from './text-conventions.ts';

type Convention = { why: string; except?: RegExp; find: (file: RepositoryFile) => Breach[] };

/** A look at nothing finds no breach: fewer files than this means that the gate looked past the repository. */
const FILES_MIN = 150;

const CODE = /\.(ts|mts|mjs|cjs|js)$/;
const KERNEL = 'packages/shared/src/kernel/';

const inCode =
  (find: (source: ts.SourceFile) => Breach[]): Convention['find'] =>
  ({ path, text }) =>
    CODE.test(path) ? find(ts.createSourceFile(path, text, ts.ScriptTarget.Latest)) : [];
const inText =
  (find: (text: string) => Breach[], paths = /./): Convention['find'] =>
  ({ path, text }) =>
    paths.test(path) ? find(text) : [];

/** What no other gate can say; each is proven by a seeded breach in conventions.test.ts. */
export const conventions: Record<string, Convention> = {
  'environment-in-config': {
    why: 'Settings are read and checked in one place per process: config.ts. Tests hand it on to what they start.',
    except: /(^|\/)config\.ts$|^bin\/|(^|\/)test\/|\.test\.ts$/,
    find: inCode(findEnvironment),
  },
  'clock-in-kernel': {
    why: 'Time comes from the clock of the kernel, so that a test can set it. bin/ runs before the kernel is there.',
    except: new RegExp(`^${KERNEL}|^bin/`),
    find: inCode(findClock),
  },
  'randomness-in-kernel': {
    why: 'Ids and jitter come from the kernel, so that their form is decided once.',
    except: new RegExp(`^${KERNEL}`),
    find: inCode(findRandomness),
  },
  'tests-all-run': {
    why: 'A test that is not run proves nothing.',
    find: inCode(findUnrunTests),
  },
  'names-say-what-is-inside': {
    why: 'kebab-case, a closed list of roles, no words that draw everything in.',
    find: ({ path }) => (CODE.test(path) ? findNameFaults(path) : []),
  },
  'files-are-short': { why: 'What is longer has two subjects.', find: inText(findLengthFaults, CODE) },
  'no-open-ends': {
    why: 'Unfinished work belongs into an issue.',
    find: inText(findOpenEnds, /\.(ts|mts|mjs|cjs|js|json|ya?ml)$/),
  },
  'no-machine-paths': { why: 'They exist on one machine only.', find: inText(findMachinePaths) },
  'no-registry-hosts': { why: 'Which registry is used is for the machine to say.', find: inText(findRegistryHosts) },
};

/** Holds files against the conventions; answers `convention: path:line what` lines. */
export function findConventionBreaches(files: RepositoryFile[]): string[] {
  return files.flatMap((file) =>
    Object.entries(conventions).flatMap(([name, { except, find }]) =>
      except?.test(file.path)
        ? []
        : find(file).map(({ line, what }) => `${name}: ${file.path}${line > 0 ? `:${line}` : ''} ${what}`),
    ),
  );
}

/** The verdict of the gate: lines to show, and whether it holds. */
export function judgeConventions(files: RepositoryFile[]): { lines: string[]; isPassed: boolean } {
  const breaches = findConventionBreaches(files);
  const isEmpty = files.length < FILES_MIN;
  const lines = [...breaches, `${breaches.length} breaches in ${files.length} files`];
  const broken = new Set(breaches.map((breach) => breach.slice(0, breach.indexOf(':'))));
  for (const name of broken) lines.push(`${name}: ${conventions[name]?.why}`);
  if (isEmpty) lines.push(`Fewer than ${FILES_MIN} files were looked at: the gate is broken.`);
  return { lines, isPassed: breaches.length === 0 && !isEmpty };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { lines, isPassed } = judgeConventions(readRepository(fileURLToPath(new URL('../..', import.meta.url))));
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = isPassed ? 0 : 1;
}
