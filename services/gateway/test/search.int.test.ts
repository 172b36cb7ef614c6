import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anArticle } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(() => portal?.close());

test('a published company is found by what it is called as soon as the search waits for it', async () => {
  const { id, token } = await portal.create(
    'companies',
    aCompany({ status: 'published', displayName: { en: 'Zaamar Bearing Works', mn: 'Заамар холхивч' } }),
  );
  const answer = await portal.ask('GET', `/v1/search?q=zaamar&waitFor=${token}&lang=mn`);
  const found = answer.json();
  expect(answer.statusCode).toBe(200);
  expect(found).toMatchObject({
    consistent: true,
    total: { value: 1, relation: 'eq' },
    page: { next: null, limit: 20 },
  });
  expect(found.items).toEqual([
    expect.objectContaining({
      id,
      kind: 'company',
      url: `/v1/companies/${id}`,
      display: expect.objectContaining({ lang: 'mn', name: 'Заамар холхивч' }),
    }),
  ]);
  expect(answer.headers['content-language']).toBe('mn');
});

test('a draft is found by who may write everything, and by nobody else', async () => {
  const { token } = await portal.create('articles', anArticle({ headline: 'Quokka ledger unsealed' }));
  const catalogOnly = await portal.makeKey(['catalog:write']);
  const counts = await Promise.all(
    [undefined, catalogOnly, portal.adminKey].map(
      async (key) => (await portal.ask('GET', `/v1/search?q=quokka&waitFor=${token}`, { key })).json().total.value,
    ),
  );
  expect(counts).toEqual([0, 0, 1]);
});

test('an editor finds the drafts of what it writes, by their status too, and nobody else may ask for them', async () => {
  const { id, token } = await portal.create('articles', anArticle({ headline: 'Numbat memo withheld' }));
  const company = await portal.create('companies', aCompany({ displayName: { en: 'Numbat Drilling' } }));
  const editor = await portal.makeKey(['news:write']);
  const idsFor = async (key: string | undefined, query: string) =>
    (await portal.ask('GET', `/v1/search?q=numbat&waitFor=${token},${company.token}${query}`, { key }))
      .json()
      .items.map((item: { id: string }) => item.id);
  expect(await idsFor(editor, '')).toEqual([id]);
  expect(await idsFor(editor, '&status=draft&status=in_review')).toEqual([id]);
  expect(await idsFor(editor, '&status=published')).toEqual([]);
  expect((await idsFor(portal.adminKey, '&status=draft')).toSorted()).toEqual([id, company.id].toSorted());
  const statusesFor = async (key: string | undefined, q = 'numbat') =>
    (await portal.ask('GET', `/v1/search?q=${q}`, { key })).json().items.map((hit: { status?: string }) => hit.status);
  expect(await statusesFor(editor)).toEqual(['draft']);
  expect(await statusesFor(portal.adminKey)).toEqual(['draft', 'draft']);
  const reader = await portal.makeKey(['news:publish']);
  for (const key of [undefined, reader])
    expect(await statusesFor(key, '')).toEqual(expect.not.arrayContaining([expect.any(String)]));
  for (const [key, status, code] of [
    [undefined, 401, 'UNAUTHENTICATED'],
    [reader, 403, 'FORBIDDEN'],
  ] as const) {
    const refused = await portal.ask('GET', '/v1/search?status=draft', { key });
    expect([refused.statusCode, refused.json().code]).toEqual([status, code]);
    expect((await portal.ask('GET', '/v1/search?q=numbat&status=published', { key })).json().total.value).toBe(0);
  }
});

test('filters narrow a search, from GET and from POST alike, and the next page keeps them', async () => {
  const headlines = ['one', 'two', 'three'].map((word) => `Saiga count ${word}`);
  const tokens = [];
  for (const headline of headlines) {
    const source = { domain: 'Saiga.Example' };
    tokens.push((await portal.create('articles', anArticle({ status: 'published', headline, source }))).token);
  }
  const byGet = await portal.ask(
    'GET',
    `/v1/search?q=saiga&source=saiga.example&language=en&publishedFrom=2020-01-01T00:00:00Z&limit=2&waitFor=${tokens.join(',')}`,
  );
  const byPost = await portal.ask('POST', '/v1/search', {
    body: {
      q: 'saiga',
      source: ['saiga.example'],
      language: ['en'],
      publishedFrom: '2020-01-01T08:00:00+08:00',
      limit: 2,
    },
  });
  expect(byGet.json()).toMatchObject({ total: { value: 3 }, kinds: { article: 3 } });
  expect(byPost.json().items).toEqual(byGet.json().items);
  for (const { page } of [byGet.json(), byPost.json()])
    expect((await portal.ask('GET', page.next)).json()).toMatchObject({
      items: [{ kind: 'article' }],
      total: { value: 3 },
    });
  for (const other of ['source=other.example', 'language=ko', 'publishedTo=2020-01-01T00:00:00Z', 'region=MN-1'])
    expect((await portal.ask('GET', `/v1/search?q=saiga&${other}`)).json().total.value).toBe(0);
});

test('facets count what the caller may see and are named in the language of the answer', async () => {
  const body = aCompany({ status: 'published', displayName: { en: 'Argali Roofing' }, legalForm: 'llc' });
  await portal.create('companies', aCompany({ displayName: { en: 'Argali Unseen' }, legalForm: 'jsc' }));
  const { token } = await portal.create('companies', body);
  const query = `q=argali&facets=category,legalForm&facets=kind&waitFor=${token}&lang=mn`;
  const answer = await portal.ask('GET', `/v1/search?${query}`);
  expect(answer.json().facets).toEqual({
    category: [{ value: 'construction', label: expect.any(String), count: 1 }],
    legalForm: [{ value: 'llc', label: 'ХХК', count: 1 }],
    kind: [{ value: 'company', label: 'Компани', count: 1 }],
  });
  const whole = await portal.ask('GET', `/v1/search?${query}&legalForm=coop`, { key: portal.adminKey });
  expect(whole.json()).toMatchObject({
    total: { value: 0 },
    kinds: {},
    facets: { category: [], legalForm: [{ value: 'jsc' }, { value: 'llc' }] },
  });
  expect((await portal.ask('GET', '/v1/search?q=argali')).json()).not.toHaveProperty('facets');
});

test('places, order, marks and explanations come by GET and by POST alike, and pages keep them', async () => {
  const tokens = [];
  for (const [name, lat] of [
    ['Тахь Уурхай', 47.9],
    ['Тахь Тээвэр', 47.95],
    ['Тахь Алс', 49],
  ] as const) {
    const locations = [{ kind: 'hq', geo: { lat, lon: 106.9 }, address: { region: 'MN-1' } }];
    tokens.push(
      (await portal.create('companies', aCompany({ status: 'published', displayName: { mn: name }, locations }))).token,
    );
  }
  const asked = {
    q: 'takhi',
    near: '47.9,106.9',
    radius: '50km',
    sort: 'distance',
    limit: 1,
    highlight: true,
    explain: true,
  };
  const address = new URLSearchParams(
    Object.entries(asked).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const byGet = (await portal.ask('GET', `/v1/search?${address.toString()}&waitFor=${tokens.join(',')}`)).json();
  const byPost = (await portal.ask('POST', '/v1/search', { body: asked })).json();
  expect(byGet.items).toEqual(byPost.items);
  expect(byGet).toMatchObject({
    total: { value: 2 },
    items: [
      {
        distanceKm: 0,
        highlight: { name: ['<em>Тахь</em> Уурхай'] },
        explain: { matched: expect.arrayContaining([{ field: 'name', form: 'skeleton', boost: 0.75 }]) },
      },
    ],
  });
  for (const { page } of [byGet, byPost]) {
    const second = (await portal.ask('GET', page.next)).json();
    expect(second.items).toEqual([
      expect.objectContaining({ distanceKm: 5.56, display: { lang: 'mn', name: 'Тахь Тээвэр' } }),
    ]);
    expect(second.page.next).toBeNull();
  }
});

test('POST takes the same names as JSON and answers the same', async () => {
  const { token } = await portal.create(
    'companies',
    aCompany({ status: 'published', displayName: { en: 'Tolgoit Glassworks' } }),
  );
  const byGet = (
    await portal.ask('GET', `/v1/search?q=tolgoit&kinds=company,article&category=construction&limit=5&waitFor=${token}`)
  ).json();
  const byPost = await portal.ask('POST', '/v1/search', {
    body: { q: 'tolgoit', kinds: ['company', 'article'], category: ['construction'], limit: 5, waitFor: [token] },
  });
  expect(byPost.json().items).toEqual(byGet.items);
  expect(byGet.items).toHaveLength(1);
  expect(byPost.headers['cache-control']).toBe('no-store');
});

test('pages follow each other by the addresses they give, from GET and from POST', async () => {
  const tokens = [];
  for (let i = 0; i < 5; i += 1)
    tokens.push(
      (await portal.create('articles', anArticle({ status: 'published', headline: `Wolframite notice ${i}` }))).token,
    );
  const waitFor = tokens.join(',');
  for (const first of [
    await portal.ask('GET', `/v1/search?q=wolframite&limit=2&waitFor=${waitFor}`),
    await portal.ask('POST', '/v1/search', { body: { q: 'wolframite', limit: 2, waitFor: tokens } }),
  ]) {
    const seen: string[] = first.json().items.map(({ id }: { id: string }) => id);
    let next: string | null = first.json().page.next;
    while (next) {
      const page = (await portal.ask('GET', next)).json();
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      next = page.page.next;
    }
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  }
});

describe('a search', () => {
  const ok = 'company_01h455vb4pex5vsknk084sn02q:1';
  test.each([
    [`q=${'x'.repeat(201)}`, '/q'],
    ['limit=101', '/limit'],
    ['kinds=company,compny', '/kinds/1'],
    ['category=no-such', '/category/0'],
    ['lang=xx', '/lang'],
    ['waitFor=company', '/waitFor/0'],
    [`waitFor=${ok},${ok}&waitFor=${ok},${ok},${ok},${ok}`, '/waitFor'],
    ['cursor=x', '/cursor'],
    ['facets=category,colour', '/facets/1'],
    ['near=here', '/near'],
    ['near=91,0', '/near'],
    ['near=47.9,106.9&radius=50', '/radius'],
    ['radius=50km', '/near'],
    ['bbox=1,2,3', '/bbox'],
    ['tiles=21', '/tiles'],
    ['tiles=3', '/bbox'],
    ['tiles=20&bbox=90,40,120,50', '/tiles'],
    ['sort=price', '/sort'],
    ['sort=distance', '/near'],
    ['highlight=yes', '/highlight'],
    ['legalForm=lcc', '/legalForm/0'],
    ['status=drafted', '/status/0'],
    ['publishedFrom=yesterday', '/publishedFrom'],
    ['priceMin=-1&currency=MNT', '/priceMin'],
    ['priceMax=5', '/currency'],
    ['staffOf=article', '/staffOf'],
    ['view=staff', '/view'],
    ['after=1', '/after'],
    ['kind=company', '/kind'],
  ])('with %.60s is refused at its place', async (query, pointer) => {
    const answer = await portal.ask('GET', `/v1/search?${query}`);
    expect(answer.json()).toMatchObject({
      status: 400,
      code: 'VALIDATION_FAILED',
      errors: [expect.objectContaining({ pointer })],
    });
  });

  test('in a body is refused at its place too', async () => {
    for (const [body, pointer] of [
      [{ q: 5 }, '/q'],
      [{ kinds: 'company' }, '/kinds'],
      [{ limit: '5' }, '/limit'],
      [{ nope: 1 }, '/nope'],
    ] as const) {
      expect((await portal.ask('POST', '/v1/search', { body })).json()).toMatchObject({
        status: 400,
        errors: [expect.objectContaining({ pointer })],
      });
    }
    for (const [query, pointer] of [
      ['q=x', '/q'],
      ['lang=xx', '/lang'],
    ])
      expect((await portal.ask('POST', `/v1/search?${query}`, { body: {} })).json()).toMatchObject({
        status: 400,
        errors: [expect.objectContaining({ pointer })],
      });
    const inMongolian = await portal.ask('POST', '/v1/search?lang=mn', { body: {} });
    expect([inMongolian.statusCode, inMongolian.headers['content-language']]).toEqual([200, 'mn']);
    expect((await portal.ask('POST', '/v1/search')).json()).toMatchObject({
      status: 400,
      reason: 'request.body-missing',
    });
  });
});
