import { spawn } from 'node:child_process';
import { textOf } from './document-texts.ts';
import { openPostgres } from './postgres.ts';
import type { Document } from './to-states.ts';

const SESSION_MAX_MS = 900_000;

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const copied = (text: string) => text.replace(/[\\\t\r\n]/g, ' ');

/** The words of a session: names in a table of its own, an index of their trigrams, and each query as the manual asks it. */
export function sessionOf(documents: Document[], queries: { q: string; limit: number }[]): string {
  const rows = documents.map((one) => `${copied(one.id)}\t${copied(textOf(one, 'name_all')).toLowerCase()}`);
  const asked = queries.map(({ q, limit }, place) => {
    const typed = literal(q.toLowerCase());
    const order = `similarity(name, ${typed}) DESC, name`;
    return `SELECT '${place} ' || id FROM names WHERE name % ${typed} ORDER BY ${order} LIMIT ${limit};`;
  });
  return [
    'CREATE EXTENSION IF NOT EXISTS pg_trgm;',
    'CREATE TEMP TABLE names (id text, name text);',
    'COPY names FROM stdin;',
    ...rows,
    '\\.',
    'CREATE INDEX ON names USING gin (name gin_trgm_ops);',
    'ANALYZE names;',
    ...asked,
    '',
  ].join('\n');
}

/** The ids that each query finds by the similarity of trigrams; a text says why where there is no PostgreSQL for it. */
export async function rankByTrigrams(
  documents: Document[],
  queries: { q: string; limit: number }[],
): Promise<string[][] | string> {
  try {
    const postgres = await openPostgres();
    if (typeof postgres === 'string') return postgres;
    try {
      return rankingsIn(await runSession(postgres.psql, sessionOf(documents, queries)), queries.length);
    } finally {
      await postgres.close();
    }
  } catch (error) {
    return `PostgreSQL failed: ${(error as Error).message.split('\n')[0]}`;
  }
}

function rankingsIn(lines: string[], count: number): string[][] {
  const rankings: string[][] = Array.from({ length: count }, () => []);
  for (const line of lines) {
    const [, place, id] = /^(\d+) (.+)$/.exec(line) ?? [];
    if (place !== undefined && id !== undefined) rankings[Number(place)]?.push(id);
  }
  return rankings;
}

function runSession([command = '', ...args]: string[], session: string): Promise<string[]> {
  const child = spawn(command, [...args, '-XAtq', '-v', 'ON_ERROR_STOP=1', '-f', '-'], { timeout: SESSION_MAX_MS });
  const chunks: Buffer[] = [];
  const faults: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => faults.push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(session);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8').split('\n'));
      else reject(new Error(`PostgreSQL refused: ${Buffer.concat(faults).toString('utf8').slice(0, 500)}`));
    });
  });
}
