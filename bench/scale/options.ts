import { parseArgs } from 'node:util';

const parts = ['index', 'search', 'facets', 'gateway', 'rebuild'] as const;
export type Part = (typeof parts)[number];

export type Options = {
  documents: number;
  /** Folder of the evaluation data, whose company names join the portal and whose known items are asked for. */
  names?: string;
  seed: number;
  only: Part[];
  /** Documents that are sent to a raw `_bulk` too: the first ones of the portal. */
  raw: number;
};

/** Reads the command line. Throws a sentence about what cannot be understood. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      documents: { type: 'string', default: '20000' },
      names: { type: 'string' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: parts.join(',') },
      raw: { type: 'string', default: '100000' },
    },
  });
  const only = values.only.split(',');
  const unknown = only.find((name) => !(parts as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`--only knows ${parts.join(', ')}, not ${unknown}.`);
  return {
    documents: readCount('documents', values.documents),
    seed: readCount('seed', values.seed),
    raw: readCount('raw', values.raw),
    only: only as Part[],
    ...(values.names === undefined ? {} : { names: values.names }),
  };
}

function readCount(name: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0 || count > 10_000_000)
    throw new Error(`--${name} is a whole number up to 10,000,000, not ${text}.`);
  return count;
}
