/**
 * Stands in for curl where a machine has none, for the commands of the README's tour: `-s -i -X METHOD -H HEADER -d BODY
 * URL`. Anything else is refused, so that the tour cannot come to need more unseen.
 */
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    include: { type: 'boolean', short: 'i' },
    request: { type: 'string', short: 'X' },
    header: { type: 'string', short: 'H', multiple: true },
    data: { type: 'string', short: 'd' },
  },
});

const [address = ''] = positionals;
const headers = new Headers(
  values.header?.map((line) => line.split(/:\s*(.*)/s).slice(0, 2) as [string, string]) ?? [],
);
const response = await fetch(address.includes('://') ? address : `http://${address}`, {
  method: values.request ?? (values.data === undefined ? 'GET' : 'POST'),
  headers,
  ...(values.data === undefined ? {} : { body: values.data }),
});
if (values.include) {
  process.stdout.write(`HTTP/1.1 ${response.status} ${response.statusText}\r\n`);
  for (const [name, value] of response.headers) process.stdout.write(`${name}: ${value}\r\n`);
  process.stdout.write('\r\n');
}
process.stdout.write(await response.text());
