import { type MongoFacts, probeElasticsearch, probeMongo, probeNats } from './probes.ts';
import type { RunningServer, ServerName } from './servers.ts';
import { messageOf, StackError } from './stack-error.ts';
import { isAtLeast } from './version.ts';

/** The variable that gives each server's URL, and the oldest version that Ortoo runs on. */
export const variableOf: Record<ServerName, string> = {
  mongodb: 'MONGO_URL',
  nats: 'NATS_URL',
  elasticsearch: 'ELASTICSEARCH_URL',
};
const minimumOf: Record<ServerName, string> = { mongodb: '6.0', nats: '2.12', elasticsearch: '8.16' };
const titleOf: Record<ServerName, string> = { mongodb: 'MongoDB', nats: 'NATS', elasticsearch: 'Elasticsearch' };

const answerMs = 5_000;

/** Checks a server whose URL was given: it answers, is new enough and can do what is asked of it. Else one clear sentence. */
export async function checkGiven(name: ServerName, url: string): Promise<RunningServer> {
  const version = await checks[name](url);
  return { name, url, version, way: 'given' };
}

const checks: Record<ServerName, (url: string) => Promise<string>> = {
  async mongodb(url) {
    const isDirect = isSingleHost(url);
    const facts = await reach('mongodb', url, () => probeMongo(url, { isDirect, timeoutMs: answerMs }));
    requireVersion('mongodb', facts.version);
    requireReplicaSet(url, facts);
    // The services connect by the URL as it was given: a set that names its members by unreachable hosts shows only here.
    if (isDirect && !facts.isRouter) await requireMembers(url);
    return facts.version;
  },
  async nats(url) {
    const [first = ''] = url.split(',');
    const facts = await reach('nats', url, () => probeNats(first.trim(), answerMs));
    requireVersion('nats', facts.version);
    if (!facts.hasJetStream) {
      throw refused('nats', 'runs without JetStream', 'Start nats-server with -js and a store folder (-sd).');
    }
    return facts.version;
  },
  async elasticsearch(url) {
    const facts = await reach('elasticsearch', url, () => probeElasticsearch(url, answerMs));
    if (facts.distribution !== 'elasticsearch') {
      throw refused('elasticsearch', `leads to ${facts.distribution}`, 'Ortoo needs Elasticsearch itself.');
    }
    requireVersion('elasticsearch', facts.version);
    return facts.version;
  },
};

async function reach<T>(name: ServerName, url: string, probe: () => Promise<T>): Promise<T> {
  try {
    return await probe();
  } catch (error) {
    throw new StackError(`${variableOf[name]}=${maskUrl(url)} does not answer: ${causeOf(error)}.`, {
      server: name,
      hint: `Start that ${titleOf[name]}, mend the URL, or unset ${variableOf[name]} to use an embedded server.`,
      cause: error,
    });
  }
}

/** `fetch` hides the reason one level deeper than everything else. */
function causeOf(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return messageOf(inner).replace(/\.$/, '') || messageOf(error) || 'no reason given';
}

function requireVersion(name: ServerName, version: string): void {
  if (isAtLeast(version, minimumOf[name])) return;
  throw refused(name, `is version ${version}`, `Ortoo needs ${titleOf[name]} ${minimumOf[name]} or newer.`);
}

function requireReplicaSet(url: string, facts: MongoFacts): void {
  if (facts.isUninitiated) {
    throw refused(
      'mongodb',
      'is a replica set that was never initiated',
      `Run rs.initiate() on it once: mongosh "${maskUrl(url)}" --eval "rs.initiate()".`,
    );
  }
  if (facts.setName === undefined && !facts.isRouter) {
    throw refused(
      'mongodb',
      'is not a replica set',
      'Start mongod with --replSet rs0 and run rs.initiate() once; one member is enough.',
    );
  }
}

async function requireMembers(url: string): Promise<void> {
  try {
    await probeMongo(url, { isDirect: false, timeoutMs: answerMs });
  } catch (error) {
    throw new StackError(
      `${variableOf.mongodb}=${maskUrl(url)} is a replica set whose members cannot be reached by the names it gives them: ${causeOf(error)}.`,
      {
        server: 'mongodb',
        hint: 'Add directConnection=true to the URL, or make the member names resolvable here.',
        cause: error,
      },
    );
  }
}

function refused(name: ServerName, fault: string, hint: string): StackError {
  return new StackError(`The ${titleOf[name]} of ${variableOf[name]} ${fault}.`, { server: name, hint });
}

function isSingleHost(url: string): boolean {
  return url.startsWith('mongodb://') && !url.slice('mongodb://'.length).split('/')[0]?.includes(',');
}

/** A URL fit to be shown: the password is replaced by ***. */
export function maskUrl(url: string): string {
  return url.replace(/(\/\/[^/@:]*):[^/@]*@/, '$1:***@');
}
