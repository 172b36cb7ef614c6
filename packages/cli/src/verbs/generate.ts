import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { COMPANIES_MAX } from '../generate/numbers.ts';
import type { Verb, VerbContext } from './verb.ts';

type Options = { companies: number; seed: number; out: string };

/** `ortoo generate` */
export const generateVerb: Verb = (program, runVerb) => {
  program
    .command('generate')
    .description('write made-up companies as NDJSON, one create body a line; the same seed writes the same bytes')
    .requiredOption('--companies <n>', 'how many companies', wholeNumber(1, COMPANIES_MAX))
    .option('--seed <n>', 'what everything follows from', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--out <folder>', 'where companies.ndjson goes; - is the standard output', '-')
    .option('--format <format>', 'ndjson is the only one', onlyNdjson, 'ndjson')
    .action((options: Options) => runVerb((context) => runGenerate(options, context)));
};

async function runGenerate({ out, ...plan }: Options, { screen }: VerbContext): Promise<number> {
  const [{ companyLines }, { writeFile, writeLines }] = await Promise.all([
    import('../generate/lines.ts'),
    import('../generate/write-lines.ts'),
  ]);
  if (out === '-') {
    await writeLines(companyLines(plan), process.stdout);
    return 0;
  }
  await writeFile(companyLines(plan), join(out, 'companies.ndjson'));
  screen.line(`${plan.companies} companies are in ${join(out, 'companies.ndjson')}.`);
  return 0;
}

const wholeNumber = (min: number, max: number) => (text: string) => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new InvalidArgumentError(`It is a whole number from ${min} to ${max}.`);
};

function onlyNdjson(text: string): string {
  if (text === 'ndjson') return text;
  throw new InvalidArgumentError('It is ndjson.');
}
