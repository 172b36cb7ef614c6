import { jitterMs, pause } from '@ortoo/shared/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

const WRITERS = 100;
/** Each try that fails was lost to another writer's, so nobody can lose more often than this. */
const TRIES_MAX = 2 * WRITERS;
/** Who lost reads again after about as long as a person's client would. */
const LOSER_PAUSE_MS = 150;

let portal: Portal;
let keys: string[];
beforeAll(async () => {
  portal = await openPortal();
  keys = await Promise.all(Array.from({ length: 10 }, () => portal.makeKey(['catalog:write'])));
});
afterAll(() => portal?.close());

const nameOf = (writer: number) => [{ en: `Writer ${writer}` }];

/** Reads, writes over what was read, and begins anew when another was faster. Answers the version that is its own. */
async function writeUntilWon(url: string, writer: number): Promise<number> {
  const key = keys[writer % keys.length];
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const read = await portal.ask('GET', url, { key });
    expect(read.statusCode, read.body).toBe(200);
    const headers = { 'if-match': String(read.headers.etag) };
    const answer = await portal.ask('PATCH', url, { key, headers, body: { altNames: nameOf(writer) } });
    if (answer.statusCode === 200) return answer.json().v;
    expect(answer.statusCode, answer.body).toBe(412);
    await pause(jitterMs(LOSER_PAUSE_MS, 1));
  }
  throw new Error(`A writer lost ${TRIES_MAX} times.`);
}

type RevisionPage = { items: { v: number }[]; page: { next: string | null } };

/** All versions by the pages of the list. */
async function readVersions(url: string): Promise<number[]> {
  const versions: number[] = [];
  for (let next: string | null = `${url}/revisions?limit=30`; next !== null; ) {
    const answer = await portal.ask('GET', next, { key: portal.adminKey });
    const { items, page } = answer.json<RevisionPage>();
    versions.push(...items.map(({ v }) => v));
    next = page.next;
  }
  return versions;
}

test(`${WRITERS} writers of one document leave versions without a gap, each won by one, kept once, and none is turned away`, async () => {
  const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
  const url = `/v1/companies/${id}`;
  const won = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => writeUntilWon(url, writer)));
  expect(won.toSorted((a, b) => a - b)).toEqual(Array.from({ length: WRITERS }, (_, place) => place + 2));
  expect(await readVersions(url)).toEqual(Array.from({ length: WRITERS + 1 }, (_, step) => WRITERS + 1 - step));
  for (const [writer, v] of won.entries()) {
    const past = await portal.ask('GET', `${url}/revisions/${v}`, { key: portal.adminKey });
    expect(past.json()).toMatchObject({ v, altNames: nameOf(writer) });
  }
});
