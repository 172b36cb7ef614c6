import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CompanyInput, createParser, OfferingInput } from '@ortoo/shared/contracts';
import { expect, test } from 'vitest';
import categories from '../../../../data/categories.json' with { type: 'json' };
import { buildCompany } from './company.ts';
import { companyLines, offeringLines } from './lines.ts';
import { buildOffering } from './offering.ts';
import { places } from './places.ts';
import { trades } from './trades.ts';
import { writeFile, writeLines } from './write-lines.ts';

const textOf = (seed: number, companies: number) => [...companyLines({ seed, companies })].join('');
const bodies = Array.from({ length: 2000 }, (_, index) => buildCompany(7, index));
const share = (holds: (body: CompanyInput) => boolean) => bodies.filter(holds).length / bodies.length;

test('the same seed writes the same bytes, another one others', () => {
  expect(textOf(7, 500)).toBe(textOf(7, 500));
  const [seven, eight] = [textOf(7, 500).split('\n'), new Set(textOf(8, 500).split('\n'))];
  expect(seven.filter((line) => line !== '' && eight.has(line))).toEqual([]);
});

test('a larger run begins with the smaller one', () => {
  expect(textOf(7, 300).startsWith(textOf(7, 200))).toBe(true);
});

test('each of 2,000 bodies is accepted by the contract', () => {
  const parse = createParser(CompanyInput);
  for (const body of bodies) expect(parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
});

const offerings = Array.from({ length: 2000 }, (_, index) => buildOffering(7, Math.floor(index / 2), index % 2));

test('each of 2,000 offerings is accepted by the contract and has an external id of its own', () => {
  const parse = createParser(OfferingInput);
  for (const body of offerings) expect(parse(JSON.parse(JSON.stringify(body)))).toEqual(body);
  expect(new Set(offerings.map(({ externalIds }) => externalIds?.[0]?.value)).size).toBe(offerings.length);
});

test('an offering names its company by the external id and is not published where the company is a draft', () => {
  offerings.forEach(({ companyId, status, categories: { primary } }, index) => {
    const company = bodies[Math.floor(index / 2)]!;
    expect(companyId).toBe(company.externalIds?.[0]?.value);
    expect(primary).toBe(company.categories.primary);
    expect([company.status, 'draft']).toContain(status);
  });
});

test('lines of offerings are those of each company in turn, the same for the same seed', () => {
  const lines = (seed: number) => [...offeringLines({ seed, companies: 200, offeringsPerCompany: 3 })].join('');
  expect(lines(7)).toBe(lines(7));
  expect(lines(7)).not.toBe(lines(8));
  expect(lines(7).trim().split('\n')).toHaveLength(600);
  expect(JSON.parse(lines(7).split('\n')[4]!)).toEqual(buildOffering(7, 1, 1));
  expect([...offeringLines({ seed: 7, companies: 200, offeringsPerCompany: 0 })]).toEqual([]);
});

test('prices are one of three ways in three currencies, most of them in MNT', () => {
  const moneys = offerings.flatMap(({ price, priceRange }) => price ?? priceRange ?? []);
  expect(new Set(moneys.map(({ currency }) => currency))).toEqual(new Set(['MNT', 'USD', 'CNY']));
  expect(moneys.filter(({ currency }) => currency === 'MNT').length / moneys.length).toBeGreaterThan(0.75);
  expect(offerings.filter(({ onRequest }) => onRequest).length / offerings.length).toBeCloseTo(0.12, 1);
});

test('companies are told apart by external id and registration number', () => {
  const ids = bodies.map(({ externalIds }) => externalIds?.[0]?.value);
  const numbers = bodies.flatMap(({ registrationNumber }) => registrationNumber ?? []);
  expect(new Set(ids).size).toBe(bodies.length);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('trades are the categories of data/ and places lie in all regions of Mongolia', () => {
  expect(trades.map(({ category }) => category).sort()).toEqual(categories.map(({ id }) => id).sort());
  expect(new Set(places.map(([{ region }]) => region)).size).toBe(22);
  const points = bodies.flatMap(({ locations = [] }) => locations.flatMap(({ geo }) => geo ?? []));
  const isInMongolia = ({ lat, lon }: { lat: number; lon: number }) =>
    lat > 41.5 && lat < 52.2 && lon > 87.7 && lon < 120;
  expect(points.length).toBeGreaterThan(0);
  expect(points.filter((point) => !isInMongolia(point))).toEqual([]);
});

test('shares are those that data/README.md states', () => {
  expect(share(({ categories: { primary } }) => primary === trades[0]?.category)).toBeCloseTo(0.26, 1);
  expect(share(({ locations = [] }) => locations[0]?.address.region === 'MN-1')).toBeCloseTo(0.66, 1);
  expect(share(({ employeeBand }) => employeeBand === '1-9')).toBeCloseTo(0.62, 1);
  expect(share(({ legalForm }) => legalForm === 'llc')).toBeCloseTo(0.86, 1);
  expect(share(({ displayName }) => !displayName.en)).toBeCloseTo(0.15, 1);
  expect(share(({ displayName }) => !displayName.mn)).toBeCloseTo(0.13, 1);
  expect(share(({ status }) => status === 'published')).toBeCloseTo(0.97, 1);
});

test('nothing is made ahead of a slow reader', async () => {
  let made = 0;
  function* chunks() {
    for (; made < 100; made += 1) yield 'x'.repeat(1000);
  }
  let release = () => {};
  const out = new Writable({
    highWaterMark: 500,
    write: (_chunk, _encoding, done) => {
      release = done;
    },
  });
  const written = writeLines(chunks(), out);
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  expect(made).toBe(0);
  release();
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  expect(made).toBe(1);
  out.destroy(Object.assign(new Error('the reader went away'), { code: 'EPIPE' }));
  expect(await written).toBe(false);
});

test('a folder that is not there is made, and what cannot be written is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ortoo-generate-'));
  try {
    const path = join(folder, 'a', 'companies.ndjson');
    await writeFile(companyLines({ seed: 7, companies: 300 }), path);
    expect(readFileSync(path, 'utf8')).toBe(textOf(7, 300));
    await expect(writeFile(['x'], join(path, 'below'))).rejects.toThrow('below cannot be written');
    await expect(writeFile(['x'], '/proc/ortoo/companies.ndjson')).rejects.toThrow('ndjson cannot be written');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
