import type { ContainerContext, ContainerWay, ServerName, StartedContainer } from '@ortoo/stack';
import { images, startTicksOf } from '@ortoo/stack';
import { ElasticsearchContainer } from '@testcontainers/elasticsearch';
import { MongoDBContainer } from '@testcontainers/mongodb';
import { NatsContainer } from '@testcontainers/nats';
import type { GenericContainer, StartedTestContainer } from 'testcontainers';

/** Marks what one run started: it can be found also when the run was killed before it knew the ids. */
const LABEL = 'ortoo.test-run';
const REMOVE_DEADLINE_MS = 30_000;

// The stack's own watchdog removes the containers of a run that was killed. Ryuk, which testcontainers would start for
// that, is one more image to have; whoever wants it says TESTCONTAINERS_RYUK_DISABLED=false.
process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';

/** The module starts NATS with a password, which the services are not given here. */
class OpenNatsContainer extends NatsContainer {
  override withCommand(_: string[]): this {
    return super.withCommand(['--jetstream', '--store_dir', '/data']);
  }
}

/** The member of the set is named after the container, which this machine cannot resolve: hence the direct connection. */
const containers: Record<
  ServerName,
  { build: () => GenericContainer; port: number; url: (address: string) => string }
> = {
  mongodb: {
    build: () => new MongoDBContainer(images.mongodb),
    port: 27017,
    url: (address) => `mongodb://${address}/?directConnection=true`,
  },
  nats: { build: () => new OpenNatsContainer(images.nats), port: 4222, url: (address) => `nats://${address}` },
  elasticsearch: {
    build: () =>
      new ElasticsearchContainer(images.elasticsearch).withEnvironment({
        'xpack.security.enabled': 'false',
        'cluster.routing.allocation.disk.threshold_enabled': 'false',
        ES_JAVA_OPTS: '-Xms512m -Xmx512m',
      }),
    port: 9200,
    url: (address) => `http://${address}`,
  },
};

/** Containers for one run of the tests: fresh, on free ports, gone with the run. */
export function createTestContainers(): ContainerWay {
  const run = `${process.pid}-${startTicksOf(process.pid)}`;
  const running = new Map<ServerName, StartedTestContainer>();
  const startOne = async (name: ServerName): Promise<[ServerName, StartedContainer]> => {
    const { build, port, url } = containers[name];
    const started = await build()
      .withLabels({ [LABEL]: run })
      .start();
    running.set(name, started);
    const address = `${started.getHost()}:${started.getMappedPort(port)}`;
    return [name, { url: url(address), container: started.getId() }];
  };
  return {
    title: 'testcontainers',
    isKept: false,
    findFault: async () => undefined,
    async start(names, context) {
      removeAtEnd(run, context);
      const ends = await Promise.allSettled(names.map(startOne));
      context.signal?.throwIfAborted();
      return new Map(
        ends.map((end) => {
          if (end.status === 'rejected') throw end.reason;
          return end.value;
        }),
      );
    },
    async stop(names) {
      const stopping = names.flatMap((name) => running.get(name) ?? []);
      for (const name of names) running.delete(name);
      await Promise.all(stopping.map((container) => container.stop({ remove: true, removeVolumes: true })));
    },
  };
}

function removeAtEnd(run: string, { guard, env }: ContainerContext): void {
  const command = `docker ps --all --quiet --filter label=${LABEL}=${run} | xargs -r docker rm --force --volumes`;
  guard.undoAtEnd({ key: run, commands: [['sh', '-c', command]], env, deadlineMs: REMOVE_DEADLINE_MS });
}
