import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeApi } from '../../services/gateway/src/describe-api.ts';

const documentPath = fileURLToPath(new URL('../../openapi.json', import.meta.url));
const SHOWN_MAX = 20;

/** Places (JSON pointers) at which the committed OpenAPI document is not what the API says of itself. */
export function findOpenapiDrift(committed: string, described: string): string[] {
  if (committed === described) return [];
  const places = differences(JSON.parse(committed), JSON.parse(described), '');
  return places.length > 0 ? places : ['/ says the same in other bytes'];
}

function differences(committed: unknown, described: unknown, place: string): string[] {
  if (!isRecord(committed) || !isRecord(described)) {
    return JSON.stringify(committed) === JSON.stringify(described) ? [] : [`${place || '/'} differs`];
  }
  return [...new Set([...Object.keys(committed), ...Object.keys(described)])].flatMap((name) => {
    const at = `${place}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!(name in described)) return [`${at} is committed and not there`];
    return name in committed ? differences(committed[name], described[name], at) : [`${at} is there and not committed`];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const drift = findOpenapiDrift(readFileSync(documentPath, 'utf8'), await describeApi());
  const lines = drift.slice(0, SHOWN_MAX);
  if (drift.length > SHOWN_MAX) lines.push(`and ${drift.length - SHOWN_MAX} more`);
  lines.push(drift.length === 0 ? 'openapi.json says what the API does.' : 'Take it down with: npm run openapi');
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = drift.length === 0 ? 0 : 1;
}
