import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: 'https://api.example.mn' });
});
afterAll(() => portal?.close());

const published = (overrides: object = {}) =>
  portal.write('POST', '/v1/companies', { body: aCompany({ status: 'published', ...overrides }) });

describe('one document', () => {
  test('is read by id and by slug, with a strong tag of its version and bytes', async () => {
    const company = await published();
    const byId = await portal.ask('GET', `/v1/companies/${company.id}`);
    const bySlug = await portal.ask('GET', `/v1/companies/${company.slug}`);
    expect(byId.statusCode).toBe(200);
    expect(byId.headers.etag).toMatch(/^"1-[0-9a-f]{8}"$/);
    expect(byId.headers['last-modified']).toMatch(/GMT$/);
    expect(byId.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(bySlug.body).toBe(byId.body);
    expect(byId.json()).toMatchObject({ id: company.id, kind: 'company', v: 1, status: 'published' });
  });

  test('that the caller already has is not sent again', async () => {
    const { id } = await published();
    const { etag } = (await portal.ask('GET', `/v1/companies/${id}`)).headers;
    const again = await portal.ask('GET', `/v1/companies/${id}`, { headers: { 'if-none-match': `"x", W/${etag}` } });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etag]);
  });

  test('is not sent to who has any copy (`*`), nor is a list; what does not exist is still not found', async () => {
    const { id } = await published();
    const any = { headers: { 'if-none-match': '*' } };
    const asked = [`/v1/companies/${id}`, '/v1/companies?limit=1', '/v1/companies/nothing-here'];
    const answers = await Promise.all(asked.map((url) => portal.ask('GET', url, any)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([304, 304, 404]);
  });

  test('says when it was changed last, in the form of HTTP and with 304 too', async () => {
    const { id, updatedAt } = await published();
    const { headers } = await portal.ask('GET', `/v1/companies/${id}`);
    expect(headers['last-modified']).toBe(new Date(updatedAt as string).toUTCString());
    const again = await portal.ask('GET', `/v1/companies/${id}`, {
      headers: { 'if-none-match': headers.etag as string },
    });
    expect([again.statusCode, again.headers['last-modified']]).toEqual([304, headers['last-modified']]);
  });

  test('is shown in the language asked for, and the tag tells the languages apart', async () => {
    const { id } = await published();
    const mn = await portal.ask('GET', `/v1/companies/${id}?lang=mn`, { headers: { 'accept-language': 'en' } });
    const en = await portal.ask('GET', `/v1/companies/${id}`, { headers: { 'accept-language': 'xx, en;q=0.1' } });
    expect([mn.headers['content-language'], en.headers['content-language']]).toEqual(['mn', 'en']);
    expect(mn.json().display.name).toContain('Говь');
    expect(mn.headers.etag).not.toBe(en.headers.etag);
    expect(mn.headers.vary).toContain('Accept-Language');
  });

  test('named by an old slug is at its current one, with the query', async () => {
    const company = await published();
    await portal.write('PATCH', `/v1/companies/${company.id}`, {
      headers: { 'if-match': '"1"' },
      body: { displayName: { en: `Шинэ нэр ${company.slug}`, mn: null } },
    });
    const moved = await portal.ask('GET', `/v1/companies/${company.slug}?lang=mn`);
    const { slug } = (await portal.ask('GET', `/v1/companies/${company.id}`)).json<Shown>();
    expect(slug).not.toBe(company.slug);
    expect([moved.statusCode, moved.headers.location]).toEqual([
      308,
      `/v1/companies/${encodeURIComponent(slug)}?lang=mn`,
    ]);
    expect((await portal.ask('GET', moved.headers.location as string)).statusCode).toBe(200);
  });

  test('that nobody may see yet is not found by the public, and found by who may write', async () => {
    const draft = await portal.write('POST', '/v1/companies', { body: aCompany() });
    const writer = await portal.makeKey(['catalog:write']);
    const other = await portal.makeKey(['news:write', 'catalog:publish']);
    const statuses = await Promise.all(
      [undefined, other, writer].map(
        async (key) => (await portal.ask('GET', `/v1/companies/${draft.id}`, { key })).statusCode,
      ),
    );
    expect(statuses).toEqual([404, 404, 200]);
  });

  test('shows contacts that are not public to who may write only', async () => {
    const { id } = await published({ contacts: [{ name: 'Secret Bold' }, { name: 'Open Dorj', public: true }] });
    const seen = await portal.ask('GET', `/v1/companies/${id}`);
    expect(seen.body).not.toContain('Secret Bold');
    expect(seen.body).toContain('Open Dorj');
    expect((await portal.ask('GET', `/v1/companies/${id}`, { key: portal.adminKey })).body).toContain('Secret Bold');
  });

  test('is shared by caches when it is public and kept by nobody when a key was used', async () => {
    const { id } = await published();
    const open = await portal.ask('GET', `/v1/companies/${id}`);
    const keyed = await portal.ask('GET', `/v1/companies/${id}`, { key: portal.adminKey });
    expect(open.headers['cache-control']).toBe('public, max-age=0, must-revalidate');
    expect(keyed.headers['cache-control']).toBe('private, no-store');
    expect(open.headers.vary).toContain('Authorization');
  });

  test.each([
    'nothing-of-that-name',
    'company_01h455vb4pex5vsknk084sn02q',
    'x'.repeat(300),
    '%D0%B0'.repeat(250),
    '%00',
    '..',
  ])('%.30s… is not found', async (ref) => {
    const answer = await portal.ask('GET', `/v1/companies/${ref}`);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND']);
  });

  test('is headed like it is got', async () => {
    const { id } = await published();
    const got = await portal.ask('GET', `/v1/companies/${id}`);
    const headed = await portal.ask('HEAD', `/v1/companies/${id}`);
    expect([headed.statusCode, headed.body, headed.headers.etag, headed.headers['content-length']]).toEqual([
      200,
      '',
      got.headers.etag,
      String(Buffer.byteLength(got.body)),
    ]);
  });
});

describe('fields', () => {
  test('pick members of one document and of a list, and the tag tells what was picked', async () => {
    const company = await published({ registrationNumber: '8880001' });
    const whole = await portal.ask('GET', `/v1/companies/${company.id}`);
    const picked = await portal.ask('GET', `/v1/companies/${company.id}?fields=slug,displayName.mn`);
    const { mn } = company.displayName as { mn: string };
    const shown = { id: company.id, kind: 'company', v: 1, slug: company.slug, displayName: { mn } };
    expect(picked.json()).toEqual(shown);
    expect(picked.headers.etag).toMatch(/^"1-/);
    expect(picked.headers.etag).not.toBe(whole.headers.etag);
    const again = { headers: { 'if-none-match': picked.headers.etag as string } };
    expect((await portal.ask('GET', `/v1/companies/${company.id}?fields=slug,displayName.mn`, again)).statusCode).toBe(
      304,
    );
    expect((await portal.ask('GET', `/v1/companies/${company.id}`, again)).statusCode).toBe(200);
    const list = await portal.ask('GET', '/v1/companies?registrationNumber=8880001&fields=slug&fields=displayName.mn');
    expect(list.json().items).toEqual([shown]);
  });

  test('pick members of categories', async () => {
    const { items } = (await portal.ask('GET', '/v1/categories?fields=ordinal')).json();
    expect(items).toHaveLength(26);
    expect(Object.keys(items[0])).toEqual(['id', 'kind', 'v', 'ordinal']);
    const { name, ...one } = (await portal.ask('GET', '/v1/categories/food?fields=name.en')).json();
    expect([Object.keys(one), Object.keys(name)]).toEqual([['id', 'kind', 'v'], ['en']]);
  });

  test('show no more than the caller may see', async () => {
    const { id } = await published({ contacts: [{ name: 'Secret Bold' }, { name: 'Open Dorj', public: true }] });
    const seen = await portal.ask('GET', `/v1/companies/${id}?fields=contacts.name,createdBy`);
    expect(seen.json()).toEqual({ id, kind: 'company', v: 1, contacts: [{ name: 'Open Dorj' }] });
  });

  test.each(['/v1/companies', '/v1/companies/x', '/v1/articles', '/v1/categories', '/v1/categories/food'])(
    'that %s does not know are refused with the nearest',
    async (path) => {
      const answer = await portal.ask('GET', `${path}?fields=id,displya`);
      expect(answer.json()).toMatchObject({
        status: 400,
        errors: [{ pointer: '/fields/1', message: 'is not a known member; did you mean display?' }],
      });
    },
  );
});

describe('include=category', () => {
  test('embeds the primary category of one document and of each in a list, in the language asked for', async () => {
    const company = await published({
      registrationNumber: '8880002',
      categories: { primary: 'food', secondary: ['education'] },
    });
    const article = await portal.write('POST', '/v1/articles', {
      body: anArticle({ status: 'published', categories: ['education', 'food'] }),
    });
    const category = async (code: string) => {
      const { counts, ...embedded } = (await portal.ask('GET', `/v1/categories/${code}?lang=mn`)).json();
      expect(counts).toBeDefined(); // what is embedded comes without
      return embedded;
    };
    const [food, education] = [await category('food'), await category('education')];
    const one = await portal.ask('GET', `/v1/companies/${company.id}?include=category&lang=mn`);
    expect(one.json().included).toEqual({ category: food });
    const list = await portal.ask('GET', '/v1/companies?registrationNumber=8880002&include=category&lang=mn');
    expect(list.json().items).toEqual([one.json()]);
    const news = await portal.ask('GET', `/v1/articles?ids=${article.id}&include=category&fields=slug&lang=mn`);
    expect(news.json().items).toEqual([
      { id: article.id, kind: 'article', v: 1, slug: article.slug, included: { category: education } },
    ]);
  });

  test('has a tag of its own, which changes with what is embedded', async () => {
    const { id } = await published({ categories: { primary: 'education' } });
    const ask = () => portal.ask('GET', `/v1/companies/${id}?include=category`);
    const before = await ask();
    expect(before.headers.etag).not.toBe((await portal.ask('GET', `/v1/companies/${id}`)).headers.etag);
    const { v } = before.json().included.category;
    await portal.write('PATCH', '/v1/categories/education', {
      headers: { 'if-match': `"${v}"` },
      body: { description: { en: `Schools, ${v}.` } },
    });
    expect((await ask()).headers.etag).not.toBe(before.headers.etag);
  });

  test('leaves out what a document does not name', async () => {
    const { id } = await portal.write('POST', '/v1/articles', { body: anArticle({ status: 'published' }) });
    expect((await portal.ask('GET', `/v1/articles/${id}?include=category`)).json().included).toEqual({});
  });

  test('of what cannot be included is refused, and what was included can be sent back', async () => {
    expect((await portal.ask('GET', '/v1/companies?include=categry')).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/include/0' }],
    });
    expect((await portal.ask('GET', '/v1/categories?include=category')).json()).toMatchObject({
      status: 400,
      errors: [{ pointer: '/include' }],
    });
    const { id } = await published();
    const body = (await portal.ask('GET', `/v1/companies/${id}?include=category`, { key: portal.adminKey })).json();
    const back = await portal.ask('PUT', `/v1/companies/${id}`, {
      key: portal.adminKey,
      headers: { 'if-match': '"1"' },
      body,
    });
    expect([back.statusCode, back.json().v]).toEqual([200, 1]);
  });
});
