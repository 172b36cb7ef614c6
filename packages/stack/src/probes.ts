import { connect } from 'node:net';
import { mongo } from 'mongoose';

/** What a MongoDB says of itself. */
export type MongoFacts = {
  version: string;
  setName?: string;
  isRouter: boolean;
  isWritable: boolean;
  isUninitiated: boolean;
};
export type NatsFacts = { version: string; hasJetStream: boolean };
export type ElasticsearchFacts = { version: string; distribution: string };

/** Opens a client for one exchange and closes it. `isDirect`: talk to this very server, whatever set it is in. */
export async function withMongo<T>(
  url: string,
  { isDirect, timeoutMs }: { isDirect: boolean; timeoutMs: number },
  work: (admin: mongo.Db) => Promise<T>,
): Promise<T> {
  const client = new mongo.MongoClient(url, {
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs * 2,
    ...(isDirect ? { directConnection: true } : {}),
  });
  try {
    await client.connect();
    return await work(client.db('admin'));
  } finally {
    await client.close(true);
  }
}

/** Asks `hello` and `buildInfo`; rejects when nothing answers within `timeoutMs`. */
export function probeMongo(url: string, options: { isDirect: boolean; timeoutMs: number }): Promise<MongoFacts> {
  return withMongo(url, options, async (admin) => {
    const hello = await admin.command({ hello: 1 });
    const info = await admin.command({ buildInfo: 1 });
    return {
      version: String(info.version),
      ...(typeof hello.setName === 'string' ? { setName: hello.setName } : {}),
      isRouter: hello.msg === 'isdbgrid',
      isWritable: hello.isWritablePrimary === true,
      isUninitiated: hello.isreplicaset === true && hello.setName === undefined,
    };
  });
}

/** Reads the INFO line that a NATS server sends to whoever connects (NATS client protocol); no login is needed for it. */
export function probeNats(url: string, timeoutMs: number): Promise<NatsFacts> {
  const { hostname, port } = new URL(url.includes('://') ? url : `nats://${url}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 4222) });
    let text = '';
    const end = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket.setTimeout(timeoutMs, () => end(() => reject(new Error(`no answer within ${timeoutMs} ms`))));
    socket.once('error', (error) => end(() => reject(error)));
    socket.once('close', () => reject(new Error('the connection was closed without an INFO line')));
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      if (!text.includes('\n') && text.length < 65_536) return;
      const facts = parseNatsInfo(text);
      end(() => (facts ? resolve(facts) : reject(new Error('what answers is not a NATS server'))));
    });
  });
}

export function parseNatsInfo(text: string): NatsFacts | undefined {
  const line = /^INFO (\{.*\})\s*\n/.exec(text)?.[1];
  if (!line) return undefined;
  try {
    const info = JSON.parse(line) as { version?: unknown; jetstream?: unknown };
    return { version: String(info.version), hasJetStream: info.jetstream === true };
  } catch {
    return undefined;
  }
}

/** Asks `GET /`; user and password of the URL are sent as basic credentials. */
export async function probeElasticsearch(url: string, timeoutMs: number): Promise<ElasticsearchFacts> {
  const { target, headers } = splitCredentials(url);
  const response = await fetch(target, { headers, signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  const body = (await response.json()) as { version?: { number?: string; distribution?: string } };
  if (!body.version?.number) throw new Error('what answers is not Elasticsearch');
  return { version: body.version.number, distribution: body.version.distribution ?? 'elasticsearch' };
}

function splitCredentials(url: string): { target: string; headers: Record<string, string> } {
  const target = new URL(url);
  const { username, password } = target;
  target.username = '';
  target.password = '';
  if (!username) return { target: target.href, headers: {} };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { target: target.href, headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}
