import { type AddressInfo, createServer } from 'node:net';
import { describePortHolder } from '@ortoo/stack';
import { CliError } from './cli-error.ts';

/** `http://host:port`, with an IPv6 address in brackets. */
export function buildUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The port itself when it can be listened on, otherwise null. Port 0 answers a free one. */
function tryPort(port: number, host: string): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.unref();
    server.once('error', () => resolve(null));
    server.listen({ port, host, exclusive: true }, () => {
      const found = (server.address() as AddressInfo).port;
      server.close(() => resolve(found));
    });
  });
}

/** The wished port or, where that is taken, one that the system says is free. */
export async function choosePort(wished: number, host: string): Promise<number> {
  const port = (await tryPort(wished, host)) ?? (await tryPort(0, host));
  if (port === null) throw new CliError(`Nothing can listen on ${host}: is HOST an address of this machine?`);
  return port;
}

/** Throws a CliError that names who holds the port. */
export async function requirePort(port: number, host: string): Promise<number> {
  const found = await tryPort(port, host);
  if (found !== null) return found;
  if ((await tryPort(0, host)) === null)
    throw new CliError(`Nothing can listen on ${host}: is HOST an address of this machine?`);
  throw new CliError(
    `Port ${port} is taken by ${describePortHolder(port)}.`,
    'End that process, or choose another port: PORT=8081 npm start',
  );
}
