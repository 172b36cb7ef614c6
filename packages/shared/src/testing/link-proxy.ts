import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A link to a server that a test can cut, stall and mend. */
export type LinkProxy = {
  /** Like the server's, through the proxy. */
  url: string;
  /** Ends what is connected and refuses more until `mend`. */
  cut(): void;
  /** Lets nothing more through either way, while both sides take the connection for whole. */
  stall(): void;
  /** A stalled connection ends, so that a new one is made. */
  mend(): void;
  close(): Promise<void>;
};

/** Stands between a client and a server on a free loopback port. */
export async function openLinkProxy(serverUrl: string): Promise<LinkProxy> {
  const { protocol, hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const pairs = new Set<[Socket, Socket]>();
  let isCut = false;
  let isStalled = false;
  const track = (socket: Socket, other: () => Socket) => {
    sockets.add(socket);
    socket
      .on('error', () => socket.destroy())
      .on('close', () => {
        sockets.delete(socket);
        other().destroy();
      });
  };
  const server = createServer((inner) => {
    if (isCut) {
      inner.destroy();
      return;
    }
    const outer = connect(Number(port), hostname);
    track(inner, () => outer);
    track(outer, () => inner);
    const pair: [Socket, Socket] = [inner, outer];
    pairs.add(pair);
    inner.on('close', () => pairs.delete(pair));
    if (!isStalled) inner.pipe(outer).pipe(inner);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const destroyAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      destroyAll();
    },
    stall: () => {
      isStalled = true;
      for (const [inner, outer] of pairs) {
        inner.unpipe(outer);
        outer.unpipe(inner);
      }
    },
    mend: () => {
      if (isStalled) destroyAll();
      isCut = false;
      isStalled = false;
    },
    close: async () => {
      destroyAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
