import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let writer: string;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: 'https://api.example.mn' });
  writer = await portal.makeKey(['catalog:write', 'news:write']);
});
afterAll(() => portal?.close());

describe('a new document', () => {
  test('is created with its place, its tag and the version to wait for', async () => {
    const answer = await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany() });
    const company = answer.json();
    expect(answer.statusCode).toBe(201);
    expect(answer.headers).toMatchObject({
      location: `/v1/companies/${company.id}`,
      'ortoo-version': `${company.id}:1`,
      'cache-control': 'private, no-store',
    });
    expect(answer.headers.etag).toMatch(/^"1-[0-9a-f]{8}"$/);
    expect(company).toMatchObject({ kind: 'company', v: 1, status: 'draft' });
    const read = await portal.ask('GET', answer.headers.location as string, { key: writer });
    expect([read.body, read.headers.etag]).toEqual([answer.body, answer.headers.etag]);
  });

  test('above a draft takes the publish scope', async () => {
    for (const status of ['published', 'in_review']) {
      const refused = await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany({ status }) });
      expect(refused.json()).toMatchObject({ status: 403, required: ['catalog:publish'] });
    }
    expect(
      (await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany({ status: 'draft' }) })).statusCode,
    ).toBe(201);
    const both = await portal.makeKey(['catalog:write', 'catalog:publish']);
    expect(
      (await portal.ask('POST', '/v1/companies', { key: both, body: aCompany({ status: 'published' }) })).json().status,
    ).toBe('published');
  });

  test('is refused with all its faults at once, each at its place', async () => {
    const body = {
      displayName: {},
      categories: { primary: 'Construction!' },
      foundedYear: 'old',
      sumary: { en: 'x' },
      locations: [{ kind: 'moon', address: {} }],
    };
    const { status, errors } = (await portal.ask('POST', '/v1/companies', { key: writer, body })).json();
    expect(status).toBe(400);
    expect(errors.map(({ pointer }: { pointer: string }) => pointer).toSorted()).toEqual([
      '/categories/primary',
      '/displayName',
      '/foundedYear',
      '/locations/0/kind',
      '/sumary',
    ]);
    expect(errors.find(({ pointer }: { pointer: string }) => pointer === '/sumary').message).toContain('summary');
  });

  test.each([
    ['slug', 'slug-taken', '/slug', 'The slug holder belongs to another company already.', { slug: 'holder' }],
    [
      'registration number',
      'registration-number-taken',
      '/registrationNumber',
      'The registration number 9990001 belongs to another company already.',
      { registrationNumber: '9990001' },
    ],
    [
      'external id',
      'external-id-taken',
      '/externalIds/0',
      'The external id registry:99 belongs to another company already.',
      { externalIds: [{ system: 'registry', value: '99' }] },
    ],
  ])(
    'with a taken %s is a conflict that names the member and the holder',
    async (...[, reason, pointer, detail, own]) => {
      const { id } = await portal.write('POST', '/v1/companies', { body: aCompany(own) });
      const answer = await portal.ask('POST', '/v1/companies', { key: writer, body: aCompany(own) });
      expect(answer.json()).toMatchObject({
        status: 409,
        code: 'CONFLICT',
        reason: `company.${reason}`,
        detail,
        id,
        errors: [{ pointer }],
      });
      expect(answer.json()).not.toHaveProperty('key');
    },
  );

  test('that names a category that does not exist is refused at its place', async () => {
    const answer = await portal.ask('POST', '/v1/articles', {
      key: writer,
      body: anArticle({ categories: ['education', 'no-such'] }),
    });
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer: '/categories/1' }] });
  });
});

describe('a change', () => {
  test('of what was read can be sent back whole, and changes nothing', async () => {
    const company = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
    const back = await portal.ask('PUT', `/v1/companies/${company.id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: company,
    });
    const { possibleDuplicates: _hint, ...known } = company;
    expect([back.statusCode, back.json()]).toEqual([200, known]);
  });

  test('of what was read goes both ways for an empty list, any spelling of a slug and any script of an address', async () => {
    const slug = `İстанбул-${'й'.normalize('NFD')}`;
    const body = aCompany({ contacts: [], slug, websites: ['https://монгол.мон/', 'HTTPS://Gobi.MN'] });
    const company = await portal.write('POST', '/v1/companies', { body });
    expect(company).toMatchObject({
      contacts: [],
      slug: 'iстанбул-й',
      websites: ['https://xn--c1aqbeec.xn--l1acc/', 'https://gobi.mn/'],
    });
    const back = await portal.ask('PUT', `/v1/companies/${company.id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: company,
    });
    const { possibleDuplicates: _hint, ...known } = company;
    expect([back.statusCode, back.json()]).toEqual([200, known]);
  });

  test('of an article as the API shows it takes the members that are not written', async () => {
    const article = await portal.write('POST', '/v1/articles', { body: anArticle({ mentions: [] }) });
    expect(article).toMatchObject({ mentions: [] });
    const back = await portal.ask('PUT', `/v1/articles/${article.id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: article,
    });
    expect([back.statusCode, back.json()]).toEqual([200, article]);
  });

  test('names the document by its slug too, the current one or an old one', async () => {
    const { id, slug } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const renamed = await portal.write('PATCH', `/v1/companies/${slug}`, {
      headers: { 'if-match': '"1"' },
      body: { displayName: { en: `Renamed ${slug}` } },
    });
    expect(renamed).toMatchObject({ id, v: 2, slug: `renamed-${slug}` });
    const whole = await portal.write('PUT', `/v1/companies/${slug}`, {
      headers: { 'if-match': '"2"' },
      body: aCompany({ slug: renamed.slug }),
    });
    expect(whole).toMatchObject({ id, v: 3 });
    const moved = await portal.ask('POST', `/v1/companies/${whole.slug}/publish`, { key: portal.adminKey });
    expect(moved.json()).toMatchObject({ id, v: 4, status: 'published' });
    const removed = await portal.ask('DELETE', `/v1/companies/${slug}`, {
      key: writer,
      headers: { 'if-match': '"4"' },
    });
    expect([removed.statusCode, removed.headers['ortoo-version']]).toEqual([204, `${id}:5`]);
    const nothing = await portal.ask('DELETE', `/v1/companies/${slug}`, {
      key: writer,
      headers: { 'if-match': '"5"' },
    });
    expect(nothing.json()).toMatchObject({ status: 404, reason: 'company.not-found' });
  });

  test('by a merge patch leaves what it does not name, under either media type', async () => {
    const company = await portal.write('POST', '/v1/companies', {
      body: aCompany({ foundedYear: 1999, legalForm: 'llc' }),
    });
    const url = `/v1/companies/${company.id}`;
    const one = await portal.ask('PATCH', url, {
      key: writer,
      headers: { 'if-match': '"1"', 'content-type': 'application/merge-patch+json' },
      body: '{"foundedYear":null}',
    });
    expect(one.json()).toMatchObject({ v: 2, legalForm: 'llc' });
    expect(one.json()).not.toHaveProperty('foundedYear');
    const two = await portal.ask('PATCH', url, {
      key: writer,
      headers: { 'if-match': one.headers.etag as string },
      body: { legalForm: 'jsc', v: 77 },
    });
    expect(two.json()).toMatchObject({ v: 3, legalForm: 'jsc' });
    expect(two.headers['ortoo-version']).toBe(`${company.id}:3`);
  });

  test('of an unknown member is refused with the nearest', async () => {
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const answer = await portal.ask('PATCH', `/v1/companies/${id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
      body: { legalFrom: 'llc' },
    });
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/legalFrom', message: expect.stringContaining('legalForm') }],
    });
  });

  test('of the status is refused with the moves that lead there', async () => {
    const { id } = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const answer = await portal.ask('PATCH', `/v1/companies/${id}`, {
      key: portal.adminKey,
      headers: { 'if-match': '"1"' },
      body: { status: 'published' },
    });
    expect(answer.json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/status', message: expect.stringContaining('publish') }],
    });
  });
});

test('a deleted document is gone, and its deletion has a version to wait for', async () => {
  const { id } = await portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published' }) });
  const answer = await portal.ask('DELETE', `/v1/companies/${id}`, { key: writer, headers: { 'if-match': '"1"' } });
  expect([answer.statusCode, answer.body, answer.headers['ortoo-version']]).toEqual([204, '', `${id}:2`]);
  expect((await portal.ask('GET', `/v1/companies/${id}`, { key: writer })).statusCode).toBe(404);
});
