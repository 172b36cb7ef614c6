import { readFile } from 'node:fs/promises';
import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  EXCERPT_SECRET,
  lives,
  type Seeded,
  seedEveryStatus,
  seededPlurals,
} from './support/documents-in-every-status.ts';
import { openPortal, type Portal } from './support/portal.ts';

/** Drafts are invisible: every read route of the committed document × every status × who asks. */
type Parameter = { in: string; name: string; schema: { items?: { enum?: string[] }; enum?: string[] } };
type Operation = {
  parameters?: Parameter[];
  security?: object[];
  responses: Record<string, { content?: Record<string, unknown> }>;
};
const text = await readFile(new URL('../../../openapi.json', import.meta.url), 'utf8');
const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };

const reads = Object.entries(paths).flatMap(([path, { get }]) =>
  get
    ? [
        {
          path,
          parameters: (get.parameters ?? []).filter((parameter) => parameter.in === 'query'),
          mediaTypes: Object.keys(get.responses['200']?.content ?? {}),
        },
      ]
    : [],
);
const items = reads.filter(({ path }) => seededPlurals.some((plural) => path === `/v1/${plural}/{id}`));
const withParameters = reads.flatMap(({ path, parameters }) => parameters.map((parameter) => ({ path, parameter })));

let portal: Portal;
let documents: Seeded[];
let companyId: string;
let inquirySecret: string;
let keys: Record<Role, string | undefined>;
const roles = ['anonymous', 'publisher', 'writer'] as const;
type Role = (typeof roles)[number];
/** Those who may see what the public sees and no more. */
const outsiders = ['anonymous', 'publisher'] as const;

beforeAll(async () => {
  portal = await openPortal();
  ({ documents, companyId, inquirySecret } = await seedEveryStatus(portal));
  keys = {
    anonymous: undefined,
    publisher: await portal.makeKey(['catalog:publish', 'news:publish']),
    writer: await portal.makeKey(['catalog:write', 'news:write']),
  };
  await eventually(async () => {
    const { body } = await ask('writer', '/v1/search?q=matrix&limit=100');
    return documents.every(({ id }) => body.includes(id));
  });
});
afterAll(() => portal?.close());

const ask = (role: Role, url: string, headers: Record<string, string> = {}) =>
  portal.ask('GET', url, { key: keys[role], headers });
const hidden = () => documents.filter(({ life }) => life !== 'published');
const ofPlural = (path: string) => documents.filter(({ plural }) => path.startsWith(`/v1/${plural}`));

/** Asks, and fails where an answer says anything of what the role may not see, but for what the request itself names. */
async function expectNoLeak(role: Role, url: string, accept = 'application/json'): Promise<void> {
  const answer = await ask(role, url, { accept });
  expect(answer.statusCode, url).toBeLessThan(500);
  const asked = decodeURIComponent(url);
  const said = JSON.stringify([answer.headers, answer.body]);
  expect(said, `${role} ${url}`).not.toContain(inquirySecret);
  if (role === 'writer') return;
  expect(said, `${role} ${url}`).not.toContain('Forbidden reason');
  const told = hidden()
    .flatMap(({ id, refs, secret }) => [id, ...refs, secret])
    .concat(EXCERPT_SECRET)
    .filter((word) => !asked.includes(word) && said.includes(word));
  expect(told, `${role} ${url}`).toEqual([]);
}

/** Every address that a path stands for: each document by each of its names, each of its versions. */
function addressesOf(path: string): string[] {
  const named = path.includes('{id}')
    ? ofPlural(path).flatMap(({ refs, v }) => refs.map((ref) => ({ ref: encodeURIComponent(ref), v })))
    : [{ ref: '', v: 1 }];
  const addresses = (named.length > 0 ? named : [{ ref: 'construction', v: 1 }]).map(({ ref, v }) =>
    path
      .replace('{id}', ref)
      .replace('{v}', String(v))
      .replace('{code}', 'conflict')
      .replace('{sequence}', '1')
      .replace('{n}', '0'),
  );
  expect(addresses.join(), 'a name in a path that this matrix does not know').not.toContain('{');
  return addresses;
}

/** What each parameter is tried with. A filter takes what hidden documents have; a new one needs a line here. */
function valuesOf({ name, schema }: Parameter, path: string): string[] {
  const allowed = schema.items?.enum ?? schema.enum;
  if (allowed) return allowed;
  const seeded = ofPlural(path).length > 0 ? ofPlural(path) : documents;
  const values: Record<string, () => string[]> = {
    q: () => ['', 'matrix', EXCERPT_SECRET, ...hidden().map(({ secret }) => secret)],
    ids: () => [seeded.map(({ id }) => id).join(',')],
    externalId: () => seeded.map((_seed, place) => `matrix:${documents.indexOf(seeded[place] as Seeded)}`),
    registrationNumber: () => seeded.flatMap(({ registrationNumber }) => registrationNumber ?? []),
    companyId: () => [companyId, ...documents.filter(({ plural }) => plural === 'companies').map(({ id }) => id)],
    duplicate: () => ['true', 'false'],
    duplicateOf: () => documents.filter(({ plural }) => plural === 'articles').map(({ id }) => id),
    target: () => [`company:${companyId}`],
    waitFor: () => seeded.slice(0, 5).map(({ id, v }) => `${id}:${v}`),
    category: () => ['construction'],
    region: () => ['MN-053'],
    district: () => ['Khanbogd'],
    source: () => ['matrix.example'],
    priceMin: () => ['0'],
    priceMax: () => ['999999999'],
    currency: () => ['MNT'],
    near: () => ['47.9,106.9'],
    radius: () => ['50km'],
    bbox: () => ['-180,-90,180,90'],
    tiles: () => ['3'],
    highlight: () => ['true'],
    explain: () => ['true'],
    updatedSince: () => ['2020-01-01T00:00:00Z'],
    publishedFrom: () => ['2020-01-01T00:00:00Z'],
    publishedTo: () => ['2999-01-01T00:00:00Z'],
    fields: () => ['slug', 'status', 'publishAt,rejectionReason', 'body,bodyHtml,plainText,sections,wordCount'],
    from: () => ['2020-01-01'],
    to: () => ['2030-01-01'],
    limit: () => ['1', '100'],
    cursor: () => ['nonsense'],
    total: () => ['true'],
    spam: () => ['true', 'false'],
    field: () => ['summary'],
    actor: () => ['schedule'],
    against: () => ['1'],
    after: () => ['1'],
  };
  const found = values[name];
  if (!found) throw new Error(`The matrix has no value for the parameter ${name} of ${path}.`);
  return found();
}

test('the matrix is made of every kind that has a workflow, in every status', () => {
  const moved = Object.keys(paths).flatMap((path) => /^\/v1\/([^/]+)\/\{id\}\/publish$/.exec(path)?.[1] ?? []);
  expect(moved.toSorted()).toEqual(seededPlurals.toSorted());
  expect(documents).toHaveLength(seededPlurals.length * Object.keys(lives).length);
  expect(items).toHaveLength(seededPlurals.length);
});

describe.each(reads)('GET $path', ({ path, mediaTypes }) => {
  test.each(roles)('says to the %s nothing of what they may not see, in each of its formats', async (role) => {
    for (const url of addressesOf(path))
      for (const mediaType of mediaTypes.length > 0 ? mediaTypes : ['application/json'])
        await expectNoLeak(role, url, mediaType);
  });
});

test('of an article of which an excerpt may be shown, staff reads the text that the public does not', async () => {
  const { id } = documents.find(({ plural, life }) => plural === 'articles' && life === 'published') as Seeded;
  const url = `/v1/articles/${id}?fields=body,bodyHtml,plainText,rights`;
  expect((await ask('writer', url)).body).toContain(EXCERPT_SECRET);
  for (const role of outsiders)
    expect((await ask(role, url)).json()).toMatchObject({
      body: [{ type: 'heading', text: 'Matrix heading' }],
      bodyHtml: '<h2 id="matrix-heading">Matrix heading</h2>',
      plainText: '',
      rights: { notice: '© Matrix', excerptOnly: true },
    });
  const found = (await ask('anonymous', `/v1/search?kinds=article&q=${EXCERPT_SECRET}`)).json();
  expect(found.items, 'a search tells what is in the text').toEqual([]);
});

test.each(withParameters)(
  'GET $path with $parameter.name says nothing of what may not be seen',
  async ({ path, parameter }) => {
    const addresses = path.includes('{id}') ? addressesOf(path).slice(0, 21) : addressesOf(path);
    for (const role of outsiders)
      for (const url of addresses)
        for (const value of valuesOf(parameter, path)) {
          const isAsked = ['/v1/search', '/v1/suggest'].includes(path) && parameter.name !== 'q';
          const box = parameter.name === 'tiles' ? '&bbox=-180,-85,180,85' : '';
          const more = isAsked ? `&q=matrix${box}` : '';
          await expectNoLeak(role, `${url}?${parameter.name}=${encodeURIComponent(value)}${more}`);
        }
  },
);

describe.each(items)('GET $path', ({ path }) => {
  test('answers for what is hidden as for what is not there, by each of its names and with a copy of staff', async () => {
    const plural = path.split('/')[2];
    for (const { refs } of ofPlural(path).filter(({ life }) => life !== 'published')) {
      for (const ref of refs) {
        const url = path.replace('{id}', encodeURIComponent(ref));
        const seen = await ask('writer', url);
        expect([200, 308], url).toContain(seen.statusCode);
        const copy = { 'if-none-match': String(seen.headers.etag ?? '"1"') };
        for (const role of outsiders) {
          const answer = await ask(role, url, copy);
          const missing = await ask(role, path.replace('{id}', 'never-was'));
          const without = (
            { instance: _i, requestId: _r, detail, ...rest }: Record<string, unknown>,
            name: string,
          ) => ({
            ...rest,
            detail: String(detail).replace(name, ''),
          });
          expect(answer.statusCode, `${role} ${url} of ${plural}`).toBe(404);
          expect(without(answer.json(), ref)).toEqual(without(missing.json(), 'never-was'));
        }
      }
    }
  });
});

describe.each(seededPlurals)('a list of %s', (plural) => {
  const countOf = async (role: Role, query: string) =>
    (await ask(role, `/v1/${plural}?externalId=${query}&total=true`)).json().total as number;

  test('counts and pages over what the caller may see, and over all for who may write', async () => {
    const own = documents.filter((seeded) => seeded.plural === plural);
    const query = own.map((seeded) => `matrix:${documents.indexOf(seeded)}`).join('&externalId=');
    expect(await countOf('writer', query)).toBe(own.length);
    for (const role of outsiders) {
      expect(await countOf(role, query), role).toBe(1);
      let next: string | null = `/v1/${plural}?limit=1&externalId=${query}`;
      const seen: string[] = [];
      while (next !== null && seen.length <= own.length) {
        const page: { items: { id: string }[]; page: { next: string | null } } = (await ask(role, next)).json();
        seen.push(...page.items.map(({ id }) => id));
        next = page.page.next;
      }
      expect(seen, role).toEqual(own.filter(({ life }) => life === 'published').map(({ id }) => id));
    }
  });
});
