import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aCompany } from './support/caller.ts';
import { openPortal, type Portal } from './support/portal.ts';

let portal: Portal;
let editor: string;
beforeAll(async () => {
  portal = await openPortal();
  editor = await portal.makeKey(['catalog:write']);
});
afterAll(() => portal?.close());

const dairy = { id: 'dairy', parent: 'food', name: { en: 'Dairy', mn: 'Сүү' } };
const post = (body: object, more: object = {}) => portal.ask('POST', '/v1/categories', { key: editor, body, ...more });

describe('a sub-category', () => {
  test('is made under the code that its maker chose, and counts as a category at once', async () => {
    const answer = await post(dairy);
    expect([answer.statusCode, answer.headers.location]).toEqual([201, '/v1/categories/dairy']);
    expect(answer.headers).toMatchObject({ 'ortoo-version': 'dairy:1', etag: expect.stringMatching(/^"1-/) });
    expect(answer.json()).toMatchObject({ ...dairy, kind: 'category', v: 1, ordinal: 100 });

    const read = await portal.ask('GET', '/v1/categories/dairy?lang=mn');
    expect(read.json()).toMatchObject({ ...dairy, display: { lang: 'mn', name: 'Сүү' } });
    const listed: { id: string }[] = (await portal.ask('GET', '/v1/categories')).json().items;
    const codes = listed.map(({ id }) => id);
    expect(codes.indexOf('dairy')).toBe(codes.indexOf('food') + 1);

    const company = await portal.write('POST', '/v1/companies', {
      body: aCompany({ categories: { primary: 'dairy' }, status: 'published' }),
    });
    for (const code of ['dairy', 'food']) {
      const { items } = (await portal.ask('GET', `/v1/companies?category=${code}`)).json();
      expect(items).toMatchObject([{ id: company.id }]);
    }
  });

  test.each([
    [
      { ...dairy, id: 'cheese', parent: 'dairy' },
      '/parent',
      'dairy is a sub-category itself',
      'the code of a top category',
    ],
    [
      { ...dairy, id: 'cheese', parent: 'nowhere' },
      '/parent',
      'there is no category nowhere',
      'the code of a top category',
    ],
    [{ ...dairy, id: 'cheese', parent: null }, '/parent', 'must be string', 'string'],
    [{ id: 'cheese', name: { en: 'Cheese' } }, '/parent', 'is missing', 'a value'],
    [{ ...dairy, id: 'Cheese Please' }, '/id', 'is not in the expected form', expect.any(String)],
    [{ parent: 'food', name: { en: 'Cheese' } }, '/id', 'is missing', 'a value'],
    [{ ...dairy, id: 'cheese', name: {} }, '/name', expect.any(String), expect.any(String)],
    [{ ...dairy, id: 'cheese', status: 'draft' }, '/status', 'is not a known member', expect.any(String)],
    [{ ...dairy, id: 'cheese', ordinal: 0 }, '/ordinal', 'must be >= 1', 'limit 1'],
  ])('is refused at its place (%#): %j', async (body, pointer, message, expected) => {
    const answer = await post(body);
    expect(answer.json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED' });
    expect(answer.json().errors).toEqual([{ pointer, message, expected }]);
    expect((await portal.ask('GET', '/v1/categories/cheese')).statusCode).toBe(404);
  });

  test('is not made twice, unless it is the same request', async () => {
    expect((await post(dairy)).json()).toMatchObject({ status: 409, reason: 'category.exists', id: 'dairy' });
    expect((await post({ ...dairy, id: 'road' })).json()).toMatchObject({ reason: 'category.exists', id: 'road' });
    const headers = { 'idempotency-key': 'meat-once' };
    const meat = { ...dairy, id: 'meat' };
    const [first, again] = [await post(meat, { headers }), await post(meat, { headers })];
    expect([first.statusCode, again.statusCode]).toEqual([201, 201]);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toBe(first.body);
  });

  test('is renamed and moved among its neighbours, not to another parent', async () => {
    const change = (body: object, version = '"1"') =>
      portal.ask('PATCH', '/v1/categories/meat', { key: editor, body, headers: { 'if-match': version } });
    expect((await change({ ordinal: 1, name: { en: 'Meat' } })).json()).toMatchObject({
      v: 2,
      ordinal: 1,
      name: { en: 'Meat' },
    });
    expect((await change({ parent: 'road' }, '"2"')).json()).toMatchObject({
      status: 400,
      reason: 'category.place-fixed',
      errors: [{ pointer: '/parent', message: 'stays as it is', expected: '"food"' }],
    });
  });

  test('is deleted by its version when no company is in it, and made again at the next', async () => {
    const remove = (code: string, headers: Record<string, string> = { 'if-match': '"2"' }) =>
      portal.ask('DELETE', `/v1/categories/${code}`, { key: editor, headers });
    expect((await remove('meat', {})).json()).toMatchObject({ status: 428 });
    expect((await remove('meat', { 'if-match': '"1"' })).json()).toMatchObject({ status: 412, current: { v: 2 } });
    expect((await remove('dairy', { 'if-match': '"1"' })).json()).toMatchObject({
      status: 409,
      reason: 'category.in-use',
      uses: { companies: 1 },
    });
    expect((await remove('food', { 'if-match': '"1"' })).json()).toMatchObject({
      status: 409,
      reason: 'category.fixed',
    });
    const removed = await remove('meat');
    expect([removed.statusCode, removed.headers['ortoo-version']]).toEqual([204, 'meat:3']);
    expect((await portal.ask('GET', '/v1/categories/meat')).statusCode).toBe(404);
    const again = await post({ ...dairy, id: 'meat' });
    expect([again.statusCode, again.json().v, again.headers['ortoo-version']]).toEqual([201, 4, 'meat:4']);
  });

  test.each([
    ['POST', '/v1/categories'],
    ['PATCH', '/v1/categories/dairy'],
    ['DELETE', '/v1/categories/dairy'],
  ] as const)('%s %s takes catalog:write', async (method, path) => {
    const headers = { 'if-match': '"1"', 'content-type': 'application/json' };
    const body = method === 'DELETE' ? undefined : method === 'POST' ? { ...dairy, id: 'fish' } : {};
    const required = ['catalog:write'];
    const asked = { headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    expect((await portal.ask(method, path, asked)).json()).toMatchObject({ status: 401, required });
    const key = await portal.makeKey(['catalog:publish', 'news:write']);
    expect((await portal.ask(method, path, { ...asked, key })).json()).toMatchObject({ status: 403, required });
  });
});

test('what an attribute schema or a crosswalk gets wrong is named at its place', async () => {
  const change = async (body: object) => {
    const { v } = (await portal.ask('GET', '/v1/categories/energy')).json();
    return portal.ask('PATCH', '/v1/categories/energy', { key: editor, body, headers: { 'if-match': `"${v}"` } });
  };
  const attributeSchema = {
    type: 'object',
    properties: { power: { type: 'number', minimum: 0 } },
    required: ['power'],
  };
  const crosswalk = { isic4: ['35'], unspsc: ['26'], hs: ['27'], unchecked: ['unspsc:26'] };
  expect((await change({ attributeSchema, crosswalk })).json()).toMatchObject({ attributeSchema, crosswalk });
  const refused = await change({ attributeSchema: { required: ['volt'] }, crosswalk: { unchecked: ['hs:99'] } });
  expect(refused.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/crosswalk/unchecked/0',
    '/attributeSchema/required/0',
  ]);
  const patterned = await change({ attributeSchema: { properties: { power: { pattern: '(a+)+' } } } });
  expect(patterned.json().errors).toMatchObject([{ pointer: '/attributeSchema/properties/power/pattern' }]);
});
