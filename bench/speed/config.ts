type Env = Record<string, string | undefined>;

/** What programs that a bench starts are given besides their own settings. */
export const environment: Env = process.env;

export type PeerConfig = {
  kind: 'reference' | 'hand';
  port: number;
  /** Files with what the reference answers. */
  itemFile: string;
  listFile: string;
  mongoUrl: string;
  database: string;
};

/** Settings of one peer's process, as `run.ts` hands them over. */
export function readPeerConfig(env: Env = process.env): PeerConfig {
  const { PEER, PEER_PORT = '0', PEER_ITEM = '', PEER_LIST = '', MONGO_URL = '', PEER_DATABASE = '' } = env;
  if (PEER !== 'reference' && PEER !== 'hand') throw new Error('PEER is neither "reference" nor "hand".');
  return {
    kind: PEER,
    port: Number(PEER_PORT),
    itemFile: PEER_ITEM,
    listFile: PEER_LIST,
    mongoUrl: MONGO_URL,
    database: PEER_DATABASE,
  };
}
