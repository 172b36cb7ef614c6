import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cannotWrite, closedTo, giveFolders, makeFolder, noteOwner, unprivilegedUid } from '../folders.ts';
import { StackError } from '../stack-error.ts';
import { ensureCached } from './cache.ts';
import { readHeapMb } from './heap.ts';
import { provideJava } from './java.ts';
import { pins } from './pins.ts';
import type { Plan, StartContext } from './plan.ts';

/** It is up in 10 to 15 s on two idle cores; on busy ones 70 s were seen. */
const readyMs = 180_000;

/** Elasticsearch as a single node without security, reachable from this machine only. */
export async function prepareElasticsearch(context: StartContext): Promise<Plan> {
  const { folders } = context;
  const heapMb = readHeapMb(context.env);
  requireOpen(context, folders.cache);
  const [home, java, dictionary] = await Promise.all([
    ensureCached(folders.cache, 'elasticsearch', context),
    provideJava(folders, context),
    context.env.SEARCH_HUNSPELL === 'on' ? ensureCached(folders.cache, 'dictionary', context) : undefined,
  ]);
  const root = folders.servers.elasticsearch;
  const { main, second } = context.ports.elasticsearch;
  makeFolders(context);
  writeConfig(root, main, second);
  if (dictionary !== undefined) placeDictionary(root, dictionary);
  // The launcher only starts the server and waits: the second compiler would cost it a second of processor time for nothing.
  const launcher = [
    ...[
      '-Xms4m',
      '-Xmx64m',
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Dcli.name=server',
      `-Dcli.script=${home}/bin/elasticsearch`,
    ],
    ...[
      '-Dcli.libs=lib/tools/server-cli',
      `-Des.path.home=${home}`,
      `-Des.path.conf=${root}/conf`,
      '-Des.distribution.type=tar',
    ],
    ...['-cp', `${home}/lib/*:${home}/lib/cli-launcher/*`, 'org.elasticsearch.launcher.CliToolLauncher'],
  ];
  const url = `http://127.0.0.1:${main}`;
  return {
    version: pins.elasticsearch.version,
    url,
    launch: {
      command: join(java.home, 'bin', 'java'),
      args: launcher,
      env: {
        PATH: '/usr/bin:/bin',
        LC_ALL: 'C',
        ES_JAVA_HOME: java.home,
        ES_JAVA_OPTS: `-Xms${heapMb}m -Xmx${heapMb}m`,
        ES_TMPDIR: `${root}/tmp`,
        LIBFFI_TMPDIR: `${root}/tmp`,
      },
      cwd: home,
      log: join(folders.logs, 'elasticsearch.log'),
      marker: root,
      ...(folders.isRoot ? { uid: unprivilegedUid, gid: unprivilegedUid } : {}),
    },
    isReady: () => isServing(url),
    readyMs,
  };
}

/** It refuses to run as root: then all that it writes belongs to another user, who must also reach what it reads. */
function makeFolders({ folders, projectDir }: StartContext): void {
  const root = folders.servers.elasticsearch;
  const own = ['conf', 'data', 'logs', 'tmp'].map((folder) => join(root, folder));
  if (!folders.isRoot) {
    for (const folder of own) makeFolder(folder, 0o700);
    return;
  }
  giveFolders(root, own, unprivilegedUid);
  noteOwner(dirname(root), projectDir);
}

/** Looked at before anything is fetched. */
function requireOpen({ folders }: StartContext, cache: string): void {
  makeFolder(cache);
  const closed = folders.isRoot ? closedTo(cache, unprivilegedUid) : undefined;
  if (closed === undefined) return;
  throw new StackError(`Elasticsearch does not run as root, and user ${unprivilegedUid} cannot enter ${closed}.`, {
    server: 'elasticsearch',
    hint: 'Name a folder that every user can enter, such as /var/cache/ortoo, in ORTOO_CACHE_DIR, or start as an ordinary user.',
  });
}

function writeConfig(root: string, httpPort: number, transportPort: number): void {
  const files = {
    'elasticsearch.yml': buildSettings(root, httpPort, transportPort),
    'log4j2.properties': logging,
    'jvm.options': `-XX:+UseSerialGC\n-Djava.io.tmpdir=\${ES_TMPDIR}\n-XX:ErrorFile=${root}/logs/hs_err.log\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    try {
      writeFileSync(join(root, 'conf', name), text, { mode: 0o644 });
    } catch (error) {
      throw cannotWrite(join(root, 'conf', name), error);
    }
  }
}

/** It stays when it is not chosen any more: an index that was made with it could not be opened without. */
function placeDictionary(root: string, dictionary: string): void {
  const folder = join(root, 'conf', 'hunspell', 'mn_MN');
  makeFolder(folder);
  try {
    for (const file of readdirSync(dictionary)) copyFileSync(join(dictionary, file), join(folder, file));
  } catch (error) {
    throw cannotWrite(folder, error);
  }
}

function buildSettings(root: string, httpPort: number, transportPort: number): string {
  return [
    'cluster.name: ortoo',
    'node.name: ortoo-1',
    `path.data: ${JSON.stringify(`${root}/data`)}`,
    `path.logs: ${JSON.stringify(`${root}/logs`)}`,
    'http.host: 127.0.0.1',
    `http.port: ${httpPort}`,
    'transport.host: 127.0.0.1',
    `transport.port: ${transportPort}`,
    'discovery.type: single-node',
    'xpack.security.enabled: false',
    'xpack.security.autoconfiguration.enabled: false',
    'cluster.routing.allocation.disk.threshold_enabled: false',
    // A dictionary is read when an index first needs it, not at every start.
    'indices.analysis.hunspell.dictionary.lazy: true',
    '',
  ].join('\n');
}

const logging = [
  'status = error',
  'appender.console.type = Console',
  'appender.console.name = console',
  'appender.console.layout.type = PatternLayout',
  'appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n',
  'rootLogger.level = info',
  'rootLogger.appenderRef.console.ref = console',
  '',
].join('\n');

/**
 * Whether it has opened what it holds. An index that it tried to open and cannot, as when a dictionary is gone, is for
 * those to mend who use it: it holds up no start.
 */
async function isServing(url: string): Promise<boolean> {
  const health = `${url}/_cluster/health?wait_for_status=yellow&timeout=5s`;
  const response = await fetch(health, { signal: AbortSignal.timeout(10_000) });
  if (response.ok) return true;
  const state = (await response.json()) as Record<string, unknown>;
  return state.status === 'red' && underWay.every((figure) => state[figure] === 0);
}

/** What the health of a cluster counts while an index may still be opened. */
const underWay = [
  'initializing_shards',
  'number_of_in_flight_fetch',
  'number_of_pending_tasks',
  'delayed_unassigned_shards',
];
