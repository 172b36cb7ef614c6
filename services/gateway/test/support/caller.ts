import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';

export type Shown = Record<string, unknown> & { id: string; v: number; slug: string; status: string };
type Ask = { key?: string | undefined; headers?: Record<string, string>; body?: unknown };

/** Speaks to the API: `key` undefined is anonymous. */
export function createCaller(app: () => FastifyInstance, adminKey: string) {
  const ask = async (
    method: NonNullable<InjectOptions['method']>,
    url: string,
    { key, headers = {}, body }: Ask = {},
  ): Promise<LightMyRequestResponse> =>
    app().inject({
      method,
      url,
      headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
      ...(body === undefined ? {} : { payload: body as NonNullable<InjectOptions['payload']> }),
    });

  /** Does something with the admin key and answers the document; anything but success is an error. */
  const write = async (method: 'POST' | 'PUT' | 'PATCH', url: string, more: Ask = {}): Promise<Shown> => {
    const answer = await ask(method, url, { key: adminKey, ...more });
    if (answer.statusCode >= 300) throw new Error(`${method} ${url} answered ${answer.statusCode}: ${answer.body}`);
    return answer.json();
  };

  /** Creates with the admin key; answers the id and the token that a search can wait for. */
  const create = async (plural: string, body: object): Promise<{ id: string; token: string }> => {
    const { id, v } = await write('POST', `/v1/${plural}`, { body });
    return { id, token: `${id}:${v}` };
  };
  return { ask, write, create, adminKey };
}

let made = 0;

/** A company that nothing else in the run has. */
export function aCompany(overrides: object = {}): Record<string, unknown> {
  made += 1;
  return {
    displayName: { en: `Gobi Cement ${made} LLC`, mn: `Говь Цемент ${made} ХХК` },
    categories: { primary: 'construction' },
    ...overrides,
  };
}

/** An article that nothing else in the run has. */
export function anArticle(overrides: object = {}): Record<string, unknown> {
  made += 1;
  return {
    language: 'en',
    headline: `Rail freight reaches a record, part ${made}`,
    summary: 'A short account.',
    ...overrides,
  };
}

/** A calendar event that nothing else in the run has. */
export function anEvent(overrides: object = {}): Record<string, unknown> {
  made += 1;
  return {
    eventKind: 'expo',
    name: { en: `Mining week ${made}`, mn: `Уул уурхайн долоо хоног ${made}` },
    start: { local: '2027-10-07T10:00', tzid: 'Asia/Ulaanbaatar' },
    ...overrides,
  };
}

/** A question about something. */
export function anInquiry(target: { kind: string; id: string }, overrides: object = {}): Record<string, unknown> {
  made += 1;
  return {
    inquiryKind: 'question',
    target,
    sender: { name: `Bat ${made}`, email: `bat-${made}@erdenet.example` },
    locale: 'en',
    message: `We look for two hundred tonnes of cement a month, lot ${made}.`,
    consent: { textVersion: '2026-01' },
    ...overrides,
  };
}

/** An offering that nothing else in the run has, of a company that may be there or not. */
export function anOffering(overrides: object = {}): Record<string, unknown> {
  made += 1;
  return {
    offeringKind: 'product',
    companyId: 'company_01h455vb4pex5vsknk084sn02q',
    name: { en: `Cement ${made}`, mn: `Цемент ${made}` },
    categories: { primary: 'construction' },
    price: { amount: '185000', currency: 'MNT', per: 't' },
    ...overrides,
  };
}
