import { connect } from 'node:net';

/** One request over the NATS client protocol (docs.nats.io), answered by the first reply; this room has no NATS client. */
export function natsRequest(url: string, subject: string, body: unknown = ''): Promise<Record<string, unknown>> {
  const { hostname, port } = new URL(url);
  const payload = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) });
    let text = '';
    socket.setTimeout(5_000, () => socket.destroy(new Error(`no reply on ${subject}`)));
    socket.once('error', reject);
    socket.write('CONNECT {"verbose":false,"pedantic":false}\r\nSUB reply 1\r\n');
    socket.write(`PUB ${subject} reply ${Buffer.byteLength(payload)}\r\n${payload}\r\n`);
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
      const reply = /MSG reply 1 \d+\r\n(.*)\r\n/s.exec(text)?.[1];
      if (reply === undefined) return;
      socket.destroy();
      resolve(JSON.parse(reply) as Record<string, unknown>);
    });
  });
}
