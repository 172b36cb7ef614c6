import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anOffering, type Shown } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let writer: string;
beforeAll(async () => {
  portal = await openPortal({ PUBLIC_URL: 'https://api.example.mn' });
  writer = await portal.makeKey(['catalog:write', 'catalog:publish']);
});
afterAll(() => portal?.close());

const post = (plural: string, body: object) => portal.write('POST', `/v1/${plural}`, { key: writer, body });
const published = (overrides: object = {}) => post('companies', aCompany({ status: 'published', ...overrides }));

describe('an offering', () => {
  test('is created under an id and a slug of its own and read by both', async () => {
    const { id: companyId, displayName } = await published();
    const made = await post('offerings', anOffering({ companyId, status: 'published' }));
    const read = await portal.ask('GET', `/v1/offerings/${made.slug}?lang=mn`);
    expect(read.json()).toMatchObject({
      id: made.id,
      kind: 'offering',
      companyId,
      companyName: displayName,
      display: { lang: 'mn' },
    });
    expect(read.json()).not.toHaveProperty('companyVisible');
  });

  test('that is to be published while its company is not is 409, whichever way it is asked for', async () => {
    const { id: companyId } = await post('companies', aCompany());
    const create = await portal.ask('POST', '/v1/offerings', {
      key: writer,
      body: anOffering({ companyId, status: 'published' }),
    });
    const draft = await post('offerings', anOffering({ companyId }));
    const move = await portal.ask('POST', `/v1/offerings/${draft.id}/publish`, { key: writer });
    for (const answer of [create, move])
      expect(answer.json()).toMatchObject({
        status: 409,
        code: 'CONFLICT',
        reason: 'offering.company-not-published',
      });
  });

  test('keeps its company from being deleted, which says how many there are', async () => {
    const company = await published();
    await post('offerings', anOffering({ companyId: company.id }));
    const answer = await portal.ask('DELETE', `/v1/companies/${company.id}`, {
      key: writer,
      headers: { 'if-match': '"1"' },
    });
    expect(answer.json()).toMatchObject({ status: 409, reason: 'company.has-offerings', uses: { offerings: 1 } });
  });

  test.each([
    [{ companyId: undefined }, '/companyId'],
    [{ companyId: 'company_01h455vb4pex5vsknk084sn02z' }, '/companyId'],
    [{ price: { amount: 5, currency: 'MNT' } }, '/price/amount'],
    [{ onRequest: true }, '/onRequest'],
    [{ price: undefined }, '/price'],
    [{ gtin: '4006381333932' }, '/gtin'],
    [{ categories: { primary: 'minning' } }, '/categories/primary'],
  ])('with %j is 400 at its place and stored nowhere', async (members, pointer) => {
    const { id: companyId } = await published();
    const answer = await portal.ask('POST', '/v1/offerings', {
      key: writer,
      body: anOffering({ companyId, ...members }),
    });
    expect(answer.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ pointer }] });
    const list = await portal.ask('GET', `/v1/offerings?companyId=${companyId}&total=true`, { key: writer });
    expect(list.json().total).toBe(0);
  });
});

describe('include=', () => {
  test('embeds company and category, and of the company only what the caller may see', async () => {
    const contacts = [{ name: 'Private' }];
    const company = await published({ contacts });
    const made = await post('offerings', anOffering({ companyId: company.id, status: 'published' }));
    const read = (key?: string) => portal.ask('GET', `/v1/offerings/${made.id}?include=company,category`, { key });
    const { included } = (await read()).json();
    expect(included).toMatchObject({
      company: { id: company.id, kind: 'company' },
      category: { id: 'construction', kind: 'category' },
    });
    expect(included.company).not.toHaveProperty('contacts');
    expect((await read(writer)).json().included.company.contacts).toEqual(contacts);
  });

  test('on a list embeds each item’s own, and is refused where it would embed too much', async () => {
    const companies = [await published(), await published()];
    const ids = await Promise.all(
      companies.map(
        async ({ id: companyId }) => (await post('offerings', anOffering({ companyId, status: 'published' }))).id,
      ),
    );
    const answer = await portal.ask('GET', `/v1/offerings?ids=${ids.join(',')}&include=company&sort=createdAt`);
    const { items } = answer.json<{ items: (Shown & { companyId: string; included: { company: Shown } })[] }>();
    expect(items).toHaveLength(2);
    for (const { companyId, included } of items) expect(included.company.id).toBe(companyId);
    const costly = await portal.ask('GET', '/v1/offerings?include=company,category&limit=51');
    expect(costly.json()).toMatchObject({ status: 400, errors: [{ pointer: '/include' }] });
  });
});

describe('the offerings of a company', () => {
  const idsOf = (answer: Awaited<ReturnType<Portal['ask']>>) =>
    answer.json<{ items: Shown[] }>().items.map(({ id }) => id);

  test('are listed by its id and by its slug, with the filters, orders and pages of every list', async () => {
    const { id: companyId, slug } = await published();
    const ids: string[] = [];
    for (const offeringKind of ['product', 'service', 'product'])
      ids.push((await post('offerings', anOffering({ companyId, offeringKind, status: 'published' }))).id);
    await post('offerings', anOffering({ companyId: (await published()).id, status: 'published' }));
    await post('offerings', anOffering({ companyId }));
    for (const ref of [companyId, slug]) {
      const address = `/v1/companies/${encodeURIComponent(slug === ref ? slug : companyId)}/offerings`;
      expect(idsOf(await portal.ask('GET', `${address}?sort=createdAt`))).toEqual(ids);
      expect(idsOf(await portal.ask('GET', `${address}?offeringKind=service`))).toEqual([ids[1]]);
      const first = await portal.ask('GET', `${address}?sort=createdAt&limit=2&total=true&include=company`);
      expect(first.json()).toMatchObject({ total: 3, items: [{ included: { company: { id: companyId } } }, {}] });
      const rest = await portal.ask('GET', first.json().page.next);
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(ids);
      expect((await portal.ask('GET', `${address}?total=true`, { key: writer })).json().total).toBe(4);
    }
  });

  test('are 404 where the caller may not see the company, and where there is none', async () => {
    const { id } = await post('companies', aCompany());
    const ask = (ref: string, key?: string) => portal.ask('GET', `/v1/companies/${ref}/offerings`, { key });
    for (const answer of [
      await ask(id),
      await ask('no-such-company'),
      await ask('company_01h455vb4pex5vsknk084sn02q', writer),
    ])
      expect(answer.json()).toMatchObject({ status: 404, reason: 'company.not-found' });
    expect((await ask(id, writer)).json()).toMatchObject({ items: [] });
  });

  test('asked for by an old slug of it are where it is now, with the query', async () => {
    const company = await published({ displayName: { en: 'Formerly So' } });
    await portal.write('PATCH', `/v1/companies/${company.id}`, {
      headers: { 'if-match': '"1"' },
      body: { displayName: { en: 'Now Otherwise' } },
    });
    const answer = await portal.ask('GET', '/v1/companies/formerly-so/offerings?limit=5');
    expect([answer.statusCode, answer.headers.location]).toEqual([
      308,
      '/v1/companies/now-otherwise/offerings?limit=5',
    ]);
  });

  test('take no other company, no unknown filter, and no status that the caller may not see', async () => {
    const { id } = await published();
    const ask = async (query: string) => (await portal.ask('GET', `/v1/companies/${id}/offerings?${query}`)).json();
    expect(await ask(`companyId=${id}`)).toMatchObject({ status: 400, errors: [{ pointer: '/companyId' }] });
    expect(await ask('category=minning')).toMatchObject({ status: 400, errors: [{ pointer: '/category/0' }] });
    expect(await ask('status=draft')).toMatchObject({ status: 401 });
  });
});
