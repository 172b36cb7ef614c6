import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  Article,
  CalendarEvent,
  Category,
  Change,
  Company,
  Extraction,
  Inquiry,
  Offering,
  rpcCalls,
} from '@ortoo/shared/contracts';
import { type Direction, findBreaks, type Schema } from './schema-breaks.ts';

const snapshotPath = fileURLToPath(new URL('./contracts.snapshot.json', import.meta.url));

type Contracts = Record<string, { direction: Direction; schema: Schema }>;

/** Every schema that another process reads by, under its name. */
export function collectContracts(): Contracts {
  const contracts: Contracts = {};
  const add = (name: string, direction: Direction, schema: object) => {
    contracts[name] = { direction, schema: JSON.parse(JSON.stringify(schema)) as Schema };
  };
  for (const [name, call] of Object.entries(rpcCalls)) {
    add(`${name} request`, 'request', call.request);
    if (call.reply !== 'bytes') add(`${name} reply`, 'reply', call.reply);
  }
  for (const [name, schema] of Object.entries({
    Article,
    CalendarEvent,
    Category,
    Change,
    Company,
    Extraction,
    Inquiry,
    Offering,
  }))
    add(name, 'reply', schema);
  return contracts;
}

/** What readers of the contracts in `before` would find broken in `after`. */
export function findDrift(before: Contracts, after: Contracts): string[] {
  return Object.entries(before).flatMap(([name, { direction, schema }]) => {
    const twin = after[name];
    return twin ? findBreaks(schema, twin.schema, direction).map((line) => `${name} ${line}`) : [`${name} was removed`];
  });
}

function main(flags: string[]): number {
  const after = collectContracts();
  const text = `${JSON.stringify(after, null, 1)}\n`;
  const before = readFileSync(snapshotPath, 'utf8');
  const breaks = findDrift(JSON.parse(before) as Contracts, after);
  if (breaks.length > 0 && !flags.includes('--accept-breaks')) {
    process.stdout.write(`${breaks.join('\n')}\nThese break readers; --update --accept-breaks takes them on.\n`);
    return 1;
  }
  if (flags.includes('--update')) writeFileSync(snapshotPath, text);
  else if (text !== before) {
    process.stdout.write('The contracts have grown; take it down with: npm run contracts -- --update\n');
    return 1;
  }
  process.stdout.write(`${Object.keys(after).length} contracts, none broken.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main(process.argv.slice(2));
