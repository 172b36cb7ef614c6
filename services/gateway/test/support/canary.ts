import { createLogger, type Logger } from '@ortoo/shared/kernel';
import { openStreamHand, type TestNamespace } from '@ortoo/shared/testing';
import mongoose from 'mongoose';

/** Words that occur nowhere else, one for each personal member of an inquiry. */
export const canaries = {
  name: 'Kanarnevsky',
  company: 'Kanarfirma',
  email: 'kanarmail@kanardomain.example',
  phone: '8877 6655',
  e164: '97688776655',
  message: 'kanarmessage',
  item: 'kanaritem',
  unit: 'kanarunit',
  price: '918273645.55',
  consent: 'kanarconsent',
  answer: 'kanaranswer',
  /** Where the request comes from. */
  address: '203.0.113.77',
};

/** Which of the canaries occur in a text, in whatever case. */
export const canariesIn = (text: string): string[] =>
  Object.values(canaries).filter((canary) => text.toLowerCase().includes(canary.toLowerCase()));

/** Logs of every level, one for each service, and all that was written to them. */
export function createLogTrap() {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return {
    logOf: (service: string): Logger => createLogger({ service, level: 'trace', destination }),
    text: () => lines.join(''),
  };
}

/** Everything that the servers hold of a namespace, as text by place. */
export async function readAllPlaces(space: TestNamespace): Promise<Record<string, string>> {
  return { ...(await readDatabases(space)), ...(await readStreams(space)), index: await readIndexes(space) };
}

/** Raw BSON has texts and bytes as they are, however deep. */
async function readDatabases({ mongoUrl, namespace }: TestNamespace): Promise<Record<string, string>> {
  const connection = await mongoose.createConnection(mongoUrl).asPromise();
  try {
    const client = connection.getClient();
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const places: Record<string, string> = {};
    for (const { name } of databases.filter((database) => database.name.startsWith(`${namespace}_`))) {
      for (const { collectionName } of await client.db(name).collections()) {
        const documents = client.db(name).collection(collectionName).find({}, { raw: true });
        const texts = (await documents.toArray()).map((bytes) => Buffer.from(bytes as unknown as Buffer).toString());
        places[`${name.slice(namespace.length + 1)}.${collectionName}`] = texts.join('\n');
      }
    }
    return places;
  } finally {
    await connection.close();
  }
}

async function readStreams(space: TestNamespace): Promise<Record<string, string>> {
  const stream = await openStreamHand(space);
  try {
    const changes = JSON.stringify(await stream.read());
    return { changes, deadLetters: `${await stream.countDeadLetters()} dead letters` };
  } finally {
    await stream.close();
  }
}

async function readIndexes({ elasticsearchUrl, namespace }: TestNamespace): Promise<string> {
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`${elasticsearchUrl}/${namespace}-*${path}`, {
      method,
      signal: AbortSignal.timeout(20_000),
    });
    if (!answer.ok) throw new Error(`Elasticsearch answered ${answer.status} to ${path}.`);
    return await answer.text();
  };
  await ask('/_refresh', 'POST');
  return await ask('/_search?size=1000&expand_wildcards=all');
}
