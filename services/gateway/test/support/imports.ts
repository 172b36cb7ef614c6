import { eventually } from '@ortoo/shared/testing';
import type { Shown } from './caller.ts';
import { openPortal } from './portal.ts';

export type Job = {
  id: string;
  state: string;
  counts: Record<string, number>;
  progress: number;
  reportUrl: string;
  error?: Record<string, unknown>;
};
type Row = { row: number; outcome: string; id?: string; errors?: { pointer: string; expected?: string }[] };

let made = 0;
/** A UID that nothing else in the run has. */
export const aUid = () => {
  made += 1;
  return `event-${made}@calendars.example`;
};

/** A VEVENT; lines replace the usual ones of their name, and `NAME:-` takes one away. */
export function vevent(uid: string, ...lines: string[]): string {
  const usual = [`UID:${uid}`, 'SUMMARY:Mining week', 'DTSTART;TZID=Asia/Ulaanbaatar:20271007T100000'];
  const names = new Set(lines.map((line) => line.split(/[;:]/)[0]));
  const kept = usual.filter((line) => !names.has(line.split(/[;:]/)[0] ?? ''));
  return ['BEGIN:VEVENT', ...kept, ...lines.filter((line) => !line.endsWith(':-')), 'END:VEVENT'].join('\r\n');
}

export const calendar = (...parts: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n');

export const counts = (more: object) => ({ read: 0, created: 0, updated: 0, unchanged: 0, rejected: 0, ...more });

export type ImportDesk = Awaited<ReturnType<typeof openImportDesk>>;

/** The portal, spoken to with a key that may import and nothing else. */
export async function openImportDesk() {
  const portal = await openPortal();
  const key = await portal.makeKey(['imports:write']);
  const send = (body: string | Buffer, { query = 'kind=event', headers = {}, as = key } = {}) =>
    portal.ask('POST', `/v1/imports?${query}`, {
      key: as,
      headers: { 'content-type': 'text/calendar', ...headers },
      body,
    });
  const get = (path: string) => portal.ask('GET', path, { key });
  const undo = (id: string) => portal.ask('POST', `/v1/imports/${id}/undo`, { key });
  const finished = async (id: string): Promise<Job> =>
    await eventually(async () => {
      const job = (await get(`/v1/imports/${id}`)).json<Job>();
      return job.state === 'running' ? undefined : job;
    });
  const report = async ({ reportUrl }: Job): Promise<Row[]> =>
    (await get(reportUrl)).body.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Row] : []));
  /** Imports a file to its end. */
  const importing = async (body: string | Buffer, options = {}): Promise<{ job: Job; rows: Row[] }> => {
    const answer = await send(body, options);
    if (answer.statusCode !== 202) throw new Error(`The import was answered ${answer.statusCode}: ${answer.body}`);
    const job = await finished(answer.json<Job>().id);
    return { job, rows: await report(job) };
  };
  const event = async (id: string | undefined) =>
    (await portal.ask('GET', `/v1/events/${id}`, { key: portal.adminKey })).json<Shown>();
  return { portal, send, get, undo, finished, report, importing, event };
}
