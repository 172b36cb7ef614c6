import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../support/portal.ts';

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));

let portal: Portal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ortoo-import-'));
  portal = await openPortal();
});
afterAll(async () => {
  await portal?.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** Runs `ortoo import page` against the portal; answers its exit code and all that it printed. */
async function importPage(...args: string[]): Promise<{ code: number | null; output: string }> {
  const env = { ...process.env, ORTOO_URL: portal.url, ORTOO_KEY: portal.adminKey, ORTOO_DATA_DIR: folder };
  const child = spawn(process.execPath, [cli, 'import', 'page', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  return { code: await new Promise((resolve) => child.once('close', resolve)), output };
}

const CATEGORIES = [
  'Agriculture', 'Automobiles and Machinery', 'Bank, non banking financing, investment', 'Blasting', 'Construction', 'Consumables',
  'Education', 'Energy', 'Engineer, Architecture & Geodesy', 'Finance, Audit, Accounting and Brokerage', 'Food', 'Foreign Trade',
  'Geology Exploration', 'Health', 'Information Technology', 'Insurance', 'Labor Safety', 'Legal and Business consulting', 'Lighting',
  'Mining equipment', 'Mining Services', 'Other product and service', 'Road', 'Sewing and textile products', 'Transportation', 'Travel',
]; // biome-ignore format: a table

/** A page as the portal has them: its categories, its Events, one article with everything that can be told. */
const portalPage = (headline: string) => `Category
${CATEGORIES.map((name) => `- ${name}`).join('\n')}
Events

${headline} www.ridge-letter.example
Twice a year the keepers of the pass come down to the town to talk about snow. They bring figures, and the town brings cake.
This spring the figures were longer than usual, and so was the silence after them. Nobody could remember a winter like it.
WHAT THE KEEPERS SAW
There was snow in four months in which there is none, and none in the one in which there always is. The keepers wrote it down and signed it.
Edited by Nora Fell
Published Date:2021-04-19`;

async function page(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

async function drafts(): Promise<{ id: string; headline: string }[]> {
  const { body } = await portal.call('GET', '/v1/articles?status=draft&limit=100');
  return body.items as { id: string; headline: string }[];
}

test('a dry run shows the 26 categories, the Events section and the article, and stores nothing', async () => {
  const before = await drafts();
  const { code, output } = await importPage(
    await page('dry.txt', portalPage('Keepers of the pass count the snow')),
    '--dry-run',
  );
  expect(code).toBe(0);
  for (const told of [
    'categories 26 of 26 recognised',
    'events     the section is there',
    'title      Keepers of the pass count the snow',
    'source     www.ridge-letter.example',
    'editor     Nora Fell',
    'published  2021-04-19, day',
    'headings   WHAT THE KEEPERS SAW',
    'unsure     authors',
    'dry run',
  ]) {
    expect(output).toContain(told);
  }
  expect(output).not.toContain('missing');
  expect(await drafts()).toEqual(before);
});

test('a page becomes a draft, and a second import says that it is there', async () => {
  const file = await page('page.txt', portalPage('Keepers of the pass ask for a longer rope'));
  const first = await importPage(file);
  expect(first).toMatchObject({
    code: 0,
    output: expect.stringContaining('The article is stored as a draft: article_'),
  });
  const [id = ''] = /article_\w+/.exec(first.output) ?? [];
  expect((await drafts()).find((article) => article.id === id)?.headline).toBe(
    'Keepers of the pass ask for a longer rope',
  );
  const second = await importPage(file);
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining(`The article is there already: ${id}.`) });
  const third = await importPage(file, '--json');
  expect(JSON.parse(third.output)).toMatchObject({
    file,
    portal: { known: 26, missing: [], unknown: [], hasEvents: true },
    fields: { headline: { value: 'Keepers of the pass ask for a longer rope' } },
    outcome: { state: 'present', id },
  });
});

test('a page of HTML is read as one', async () => {
  const html = `<html><body><nav>Home</nav><h1>A shed for the rope of the pass</h1><p>By Nora Fell</p><p>${'The shed stands where the old one stood. '.repeat(9)}</p></body></html>`;
  const { code, output } = await importPage(await page('shed.html', html), '--dry-run');
  expect(code).toBe(0);
  expect(output).toContain('categories no list of the portal in this page');
  expect(output).toContain('title      A shed for the rope of the pass');
});

test.each([
  [
    'a page without a headline',
    'It snowed on the pass all day and all night, and nobody went there.',
    'no headline can be told for sure',
  ],
  ['an empty file', '', 'is empty'],
  ['NUL', 'A\0B', 'holds NUL'],
  ['another encoding', Buffer.from([0xcf, 0xf0, 0xe8]), 'is not UTF-8'],
  ['more than 900 KB', Buffer.alloc(1_000_000, 'a'), 'larger than the 900 KB'],
])('%s is refused in words, and the command fails', async (_what, content, told) => {
  const { code, output } = await importPage(await page('bad.txt', content));
  expect(code).toBe(1);
  expect(output).toContain(told);
  expect(output).not.toMatch(/^\s+at /m);
});
