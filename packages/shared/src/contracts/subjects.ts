import type { Kind } from './atoms.ts';

/** The services that own data or answer calls. */
export type Service = 'catalog' | 'news' | 'search' | 'gateway';

/** The namespace of an ordinary installation: its names carry no prefix. */
export const DEFAULT_NAMESPACE = 'ortoo';

/**
 * Every subject, stream, durable, bucket, database and index name; spelled nowhere else. A namespace other than the
 * default prefixes them all, so that tests and installations can share servers.
 */
export type Names = ReturnType<typeof namesOf>;

/** The names of one namespace (`^[a-z][a-z0-9]{0,15}$`). */
export function namesOf(namespace: string) {
  const isDefault = namespace === DEFAULT_NAMESPACE;
  const dotted = isDefault ? '' : `${namespace}.`;
  const dashed = isDefault ? '' : `${namespace}-`;
  const upper = isDefault ? '' : `${namespace.toUpperCase()}_`;
  return {
    namespace,
    /** An rpc call's literal name to the subject it is served on. */
    rpc: (call: string) => `${dotted}${call}`,
    queueGroup: (service: Service) => `${dashed}${service}`,
    /** The name under which a service shows in `nats micro ls`. */
    microService: (service: Service) => `${dashed}ortoo-${service}`,
    change: (service: Service, kind: Kind, id: string) => `${dotted}changes.${service}.${kind}.${id}`,
    changesOf: (service: Service, kind: Kind) => `${dotted}changes.${service}.${kind}.>`,
    allChanges: `${dotted}changes.>`,
    changesStream: `${upper}CHANGES`,
    deadLetter: (durable: string) => `${dotted}dead.${durable}`,
    allDeadLetters: `${dotted}dead.>`,
    deadLettersStream: `${upper}DEAD_LETTERS`,
    /** Bucket of the leases by which one of several replicas does a piece of work. */
    leasesBucket: `${dashed}leases`,
    /** Bucket of what was uploaded to be imported. */
    importsBucket: `${upper}IMPORTS`,
    /** The search consumer of one physical index. */
    indexDurable: (index: string) => `search-${index}`,
    /** The durable of a follower, named for what it keeps right. */
    followerDurable: (work: string) => `follow-${work}`,
    database: (service: Service) => `${namespace}_${service}`,
    /** Read alias, the write alias of a physical index, and the physical index itself. */
    readAlias: `${dashed}portal`,
    physicalIndex: (n: number) => `${dashed}portal-${n}`,
    writeAlias: (index: string) => `${index}-write`,
    physicalIndexPattern: `${dashed}portal-*`,
  };
}
