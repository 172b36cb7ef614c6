import { expect, test } from 'vitest';
import { findApiBreaks, type OpenApi } from './openapi-breaks.ts';
import type { Schema } from './schema-breaks.ts';

const text = { type: 'string', maxLength: 100 };
const company = { type: 'object', required: ['id'], properties: { id: text, name: text } };
const input = { type: 'object', required: [], properties: { name: text }, additionalProperties: false };
const key = [{ key: ['catalog:write'] }];
const ok = (schema: Schema) => ({ headers: { ETag: {} }, content: { 'application/json': { schema } } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const lang = { in: 'query', name: 'lang', required: false, schema: { enum: ['mn', 'en'] } };
const document = (): OpenApi => ({
  paths: {
    '/companies': {
      get: { parameters: [lang], security: [{}, { key: [] }], responses: { 200: ok(ref('Company')), 404: ok({}) } },
      post: {
        security: key,
        requestBody: { required: true, content: { 'application/json': { schema: ref('Input') } } },
        responses: { 201: ok(ref('Company')) },
      },
    },
  },
  components: { schemas: { Company: company, Input: input } },
});

type Change = (parts: {
  paths: Record<string, Record<string, never>>;
  get: Record<string, never>;
  post: Record<string, never>;
  schemas: Record<string, unknown>;
}) => void;
const breaksAfter = (change: Change) => {
  const after = document();
  const paths = after.paths as never;
  const { get, post } = paths['/companies'] as { get: never; post: never };
  change({ paths, get, post, schemas: after.components?.schemas as Record<string, unknown> });
  return findApiBreaks(document(), after);
};
const set = (target: object, name: string, value: unknown) => Object.assign(target, { [name]: value });

const breaking: [what: string, change: Change, named: string][] = [
  ['a path that is gone', ({ paths }) => delete paths['/companies'], 'GET /companies was removed'],
  ['an operation that is gone', ({ paths }) => delete paths['/companies']?.post, 'POST /companies was removed'],
  ['a parameter that is gone', ({ get }) => set(get, 'parameters', []), 'GET /companies query lang: was removed'],
  [
    'a parameter that became required',
    ({ get }) => set(get, 'parameters', [{ ...lang, required: true }]),
    'GET /companies query lang: became required',
  ],
  [
    'a new parameter that is required',
    ({ get }) => set(get, 'parameters', [lang, { in: 'query', name: 'q', required: true }]),
    'GET /companies query q: became required',
  ],
  [
    'a parameter that takes less',
    ({ get }) => set(get, 'parameters', [{ ...lang, schema: { enum: ['mn'] } }]),
    'GET /companies query lang /: en is no longer allowed',
  ],
  [
    'a body with a new required member',
    ({ schemas }) => set(schemas, 'Input', { ...input, required: ['name'] }),
    'POST /companies body application/json /: name became required',
  ],
  [
    'a body that takes less',
    ({ schemas }) => set(schemas, 'Input', { ...input, properties: { name: { ...text, maxLength: 9 } } }),
    'POST /companies body application/json /name: maxLength was 100, is 9',
  ],
  [
    'a media type that is no longer taken',
    ({ post }) => set(post, 'requestBody', { content: {} }),
    'POST /companies body application/json: was removed',
  ],
  [
    'a member of a reply that is gone',
    ({ schemas }) => set(schemas, 'Company', { ...company, properties: { id: text } }),
    'GET /companies 200 application/json /name: was removed',
  ],
  [
    'a status that is gone',
    ({ post }) => set(post, 'responses', { 202: ok(company) }),
    'POST /companies 201: was removed',
  ],
  [
    'a header of a reply that is gone',
    ({ post }) => set(post, 'responses', { 201: { ...ok(company), headers: {} } }),
    'POST /companies 201 header ETag: was removed',
  ],
  ['a read that needs a key', ({ get }) => set(get, 'security', [{ key: [] }]), 'GET /companies needs a key'],
  ['another scope', ({ post }) => set(post, 'security', [{ key: ['admin'] }]), 'POST /companies needs the scope admin'],
];

test.each(breaking)('the openapi breaks gate names %s', (_what, change, named) => {
  expect(breaksAfter(change)).toContain(named);
});

const additions: [what: string, change: Change][] = [
  ['nothing', () => undefined],
  ['a path', ({ paths }) => set(paths, '/articles', { get: {} })],
  ['an optional parameter', ({ get }) => set(get, 'parameters', [lang, { in: 'query', name: 'q' }])],
  [
    'a member of a reply',
    ({ schemas }) => set(schemas, 'Company', { ...company, properties: { ...company.properties, x: text } }),
  ],
  [
    'an optional member of a body',
    ({ schemas }) => set(schemas, 'Input', { ...input, properties: { name: text, x: text } }),
  ],
  ['a refusal that is gone', ({ get }) => set(get, 'responses', { 200: ok(company) })],
  ['a write that needs no key any more', ({ post }) => set(post, 'security', [{}])],
];

test.each(additions)('the openapi breaks gate takes %s for no break', (_what, change) => {
  expect(breaksAfter(change)).toEqual([]);
});

test('a schema within itself ends', () => {
  const nested = (description: string): OpenApi => ({
    paths: { '/x': { get: { responses: { 200: ok(ref('Node')) } } } },
    components: { schemas: { Node: { description, properties: { child: ref('Node') } } } },
  });
  expect(findApiBreaks(nested('a'), nested('b'))).toEqual([]);
});
