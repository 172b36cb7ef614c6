import { buildCompany } from './company.ts';
import { buildOffering } from './offering.ts';

type Plan = { seed: number; companies: number };
type OfferingPlan = Plan & { offeringsPerCompany: number };

/** Bytes that are handed on at once, about. */
const CHUNK_LENGTH = 65_536;

/** The companies of a plan as NDJSON, one create body a line, in chunks of whole lines; nothing is kept. */
export function* companyLines({ seed, companies }: Plan): Generator<string> {
  yield* inChunks(companies, (index) => buildCompany(seed, index));
}

/** The offerings of the plan's companies in the same way, company after company. */
export function* offeringLines({ seed, companies, offeringsPerCompany: each }: OfferingPlan): Generator<string> {
  yield* inChunks(companies * each, (index) => buildOffering(seed, Math.floor(index / each), index % each));
}

function* inChunks(count: number, build: (index: number) => unknown): Generator<string> {
  let chunk = '';
  for (let index = 0; index < count; index += 1) {
    chunk += `${JSON.stringify(build(index))}\n`;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
