import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { COMPANIES_MAX } from '../generate/registration-number.ts';
import type { Verb, VerbContext } from './verb.ts';

/** As many offerings of one company as the catalog is built to follow. */
const OFFERINGS_MAX = 10_000;

type Options = { companies: number; seed: number; offeringsPerCompany: number; out: string };

/** `ortoo generate` */
export const generateVerb: Verb = (program, runVerb) => {
  program
    .command('generate')
    .description('write made-up companies, then their offerings, as NDJSON: the same bytes for the same seed')
    .requiredOption('--companies <n>', 'how many companies', wholeNumber(1, COMPANIES_MAX))
    .option('--seed <n>', 'what everything follows from', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--offerings-per-company <n>', 'how many offerings each has', wholeNumber(0, OFFERINGS_MAX), 2)
    .option('--out <folder>', 'where companies.ndjson and offerings.ndjson go; - is the standard output', '-')
    .option('--format <format>', 'ndjson is the only one', onlyNdjson, 'ndjson')
    .action((options: Options) => runVerb((context) => runGenerate(options, context)));
};

async function runGenerate({ out, ...plan }: Options, { screen }: VerbContext): Promise<number> {
  const [{ companyLines, offeringLines }, { writeFile, writeLines }] = await Promise.all([
    import('../generate/lines.ts'),
    import('../generate/write-lines.ts'),
  ]);
  if (out === '-') {
    const isRead = await writeLines(companyLines(plan), process.stdout);
    if (isRead) await writeLines(offeringLines(plan), process.stdout);
    return 0;
  }
  await writeFile(companyLines(plan), join(out, 'companies.ndjson'));
  await writeFile(offeringLines(plan), join(out, 'offerings.ndjson'));
  const offerings = plan.companies * plan.offeringsPerCompany;
  screen.line(`${plan.companies} companies and ${offerings} offerings are in ${out}.`);
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
