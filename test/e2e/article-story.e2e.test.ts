import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal, type Portal } from '../support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => portal?.dispose());

type Mention = { companyId: string; text: string; span: [number, number]; confirmed: boolean };

const post = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  portal.call('POST', path, { ...(body === undefined ? {} : { body }), headers });
const anybody = (path: string) => portal.call('GET', path, { key: null });
const idsOf = ({ body }: { body: Record<string, unknown> }) => (body.items as { id: string }[]).map(({ id }) => id);
const mentionsOf = ({ body }: { body: Record<string, unknown> }) => body.mentions as Mention[];

const RAW = `Хангайн бүсэд шинэ гүүр ашиглалтад орлоо www.steppe-post.example
Хангайн бүсийн төвд Орхон голын гүүрийг Мөрөн Гүүр Констракшны инженерүүд дөрвөн жил барьж дуусгалаа.
Тус гүүрээр өдөрт гурван мянган машин зорчих боломжтой болсон гэж удирдлага нь мэдээлэв.
Нийтэлсэн огноо: 2023-05-04`;

test('raw text becomes an article that is found by the name of a company it mentions, in another script', async () => {
  // A company that is published, called by a name in Cyrillic alone.
  const company = await post('/v1/companies', {
    displayName: { mn: 'Мөрөн Гүүр Констракшн ХХК' },
    categories: { primary: 'construction' },
    status: 'published',
  });
  expect(company.status).toBe(201);
  const listed = `/v1/companies/${company.id}/articles`;
  // By words of its name that the headline lacks, which is searched by its sound too.
  const find = async (version: string) =>
    idsOf(await anybody(`/v1/search?kinds=article&q=Murun%20Konstrakshn&waitFor=${version}`));

  // News hears of it; the raw text then names it.
  await eventually(async () => {
    const { body } = await post('/v1/articles/extract', { text: RAW });
    return (body.fields as { mentions?: { value: Mention[] } }).mentions?.value[0]?.companyId === company.id;
  });

  // Ingested: a draft with the company, for staff alone.
  const draft = await post('/v1/articles/ingest', { text: RAW });
  expect([draft.status, draft.body.status]).toEqual([201, 'draft']);
  const [mention] = mentionsOf(draft);
  expect(mention).toMatchObject({ companyId: company.id, text: 'Мөрөн Гүүр Констракшн', confirmed: false });
  expect((draft.body.plainText as string).slice(...(mention?.span ?? [0, 0]))).toBe('Мөрөн Гүүр Констракшн');
  expect([idsOf(await anybody(listed)), idsOf(await portal.call('GET', listed))]).toEqual([[], [draft.id]]);

  // An editor agrees; who read an older version is told so.
  const confirm = `/v1/articles/${draft.id}/mentions/0/confirm`;
  const confirmed = await post(confirm, undefined, { 'if-match': draft.etag });
  expect([confirmed.status, mentionsOf(confirmed)[0]?.confirmed]).toEqual([200, true]);
  expect((await post(confirm, undefined, { 'if-match': draft.etag })).status).toBe(412);
  expect((await post(`/v1/articles/${draft.id}/mentions/9/remove`)).status).toBe(404);

  // Published: everybody finds it by the company, typed in Latin letters, and at the company.
  const published = await post(`/v1/articles/${draft.id}/publish`);
  expect(published.status).toBe(200);
  expect(await find(published.version)).toEqual([draft.id]);
  expect(idsOf(await anybody(listed))).toEqual([draft.id]);
  expect(idsOf(await anybody(`/v1/articles?companyId=${company.id}`))).toEqual([draft.id]);
  expect(mentionsOf(await anybody(`/v1/articles/${draft.id}`))).toMatchObject([
    { companyId: company.id, confirmed: true },
  ]);

  // The company leaves: that it is mentioned is no longer for the public, and staff still sees it.
  expect((await post(`/v1/companies/${company.id}/unpublish`)).status).toBe(200);
  await eventually(async () => mentionsOf(await anybody(`/v1/articles/${draft.id}`)).length === 0);
  const seen = await portal.call('GET', `/v1/articles/${draft.id}`);
  expect(mentionsOf(seen)).toMatchObject([{ companyId: company.id }]);
  expect((await anybody(listed)).status).toBe(404);
  expect(idsOf(await anybody(`/v1/articles?companyId=${company.id}`))).toEqual([]);
  await eventually(async () => (await find(`${draft.id}:${String(seen.body.v)}`)).length === 0);
  expect((await anybody(`/v1/articles/${draft.id}`)).status).toBe(200);
});
