/**
 * What the product is measured against, one process. `PEER=reference`: bare Fastify that answers the same bytes from
 * memory through a response schema. `PEER=hand`: Fastify with the MongoDB driver on the same mongod, written as one would
 * by hand for one collection, without anything else that the product does.
 */
import { readFileSync } from 'node:fs';
import Fastify, { type FastifyInstance } from 'fastify';
import mongoose from 'mongoose';
import { readPeerConfig } from './config.ts';

const config = readPeerConfig();

type Json = Record<string, unknown>;
type Schema = { type: string; properties?: Record<string, Schema>; items?: Schema };

/** The schema of a value as one would write it for fast-json-stringify. */
function schemaOf(value: unknown): Schema {
  if (Array.isArray(value)) return { type: 'array', items: value.length > 0 ? schemaOf(value[0]) : { type: 'string' } };
  if (value === null) return { type: 'null' };
  if (typeof value !== 'object') return { type: typeof value };
  const properties = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, schemaOf(member)]));
  return { type: 'object', properties };
}

function reference(app: FastifyInstance): void {
  const item = JSON.parse(readFileSync(config.itemFile, 'utf8')) as Json;
  const list = JSON.parse(readFileSync(config.listFile, 'utf8')) as Json;
  app.get('/items/:id', { schema: { response: { 200: schemaOf(item) } } }, async () => item);
  app.get('/items', { schema: { response: { 200: schemaOf(list) } } }, async () => list);
}

async function hand(app: FastifyInstance): Promise<void> {
  const { connection } = await mongoose.connect(config.mongoUrl, { dbName: config.database });
  const items = connection.collection<Json & { _id: string }>('items');
  await items.createIndex({ publishedAt: -1, _id: -1 });
  app.get<{ Params: { id: string } }>('/items/:id', async (request) => items.findOne({ _id: request.params.id }));
  app.get('/items', async () => ({
    items: await items.find({ status: 'published' }).sort({ publishedAt: -1, _id: -1 }).limit(20).toArray(),
  }));
  app.post<{ Body: Json }>('/items', async (request, reply) => {
    const document = { ...request.body, _id: new mongoose.mongo.ObjectId().toHexString() };
    await items.insertOne(document, { writeConcern: { w: 'majority', journal: true } });
    return reply.code(201).send(document);
  });
}

const app = Fastify();
app.get('/readyz', async () => ({ status: 'ok' }));
if (config.kind === 'reference') reference(app);
else await hand(app);
await app.listen({ port: config.port, host: '127.0.0.1' });
for (const event of ['end', 'close'] as const) process.stdin.once(event, () => process.exit(0));
process.stdin.resume();
process.once('SIGTERM', () => process.exit(0));
