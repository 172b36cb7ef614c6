import { shiftInstant, systemClock } from '@ortoo/shared/kernel';
import { eventually } from '@ortoo/shared/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, openPortal, type Portal } from '../support/portal.ts';

let portal: Portal;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => portal?.dispose());

const say = (path: string, body?: unknown): Promise<Answer> =>
  portal.call('POST', `/v1/companies/${path}`, body === undefined ? {} : { body });

/** What a reader gets of a company: the status of its address, and whether search finds it once it knows the version. */
async function seenBy(reader: null | undefined, { id, q, version }: { id: string; q: string; version: string }) {
  const asked = reader === null ? { key: null } : {};
  const item = await portal.call('GET', `/v1/companies/${id}`, asked);
  const found = await portal.call(
    'GET',
    `/v1/search?kinds=company&q=${encodeURIComponent(q)}&waitFor=${version}`,
    asked,
  );
  return { status: item.status, isFound: (found.body.items as { id: string }[]).some((item) => item.id === id) };
}

test('a company goes from registration over review, schedule, publication, rename and merge to its deletion', async () => {
  // Registered: there for staff, for nobody else.
  const registered = await portal.call('POST', '/v1/companies', {
    body: {
      displayName: { en: 'Altan Gadas Drilling LLC', mn: 'Алтан гадас өрөмдлөг ХХК' },
      categories: { primary: 'geology-exploration' },
      registrationNumber: '5123777',
      locations: [{ kind: 'hq', address: { country: 'MN', region: 'MN-1' }, phones: [{ raw: '7011 2233' }] }],
    },
  });
  expect([registered.status, registered.body.status, registered.body.slug]).toEqual([
    201,
    'draft',
    'altan-gadas-drilling',
  ]);
  const { id } = registered;
  const hidden = { id, q: 'altan gadas', version: registered.version };
  expect(await seenBy(null, hidden)).toEqual({ status: 404, isFound: false });

  // Reviewed: sent back with a reason that only staff reads, and handed in once more.
  expect((await say(`${id}/submit`)).body.status).toBe('in_review');
  const rejected = await say(`${id}/reject`, { reason: 'The summary is missing.' });
  expect(rejected.body).toMatchObject({ status: 'rejected', rejectionReason: 'The summary is missing.' });
  const mended = await portal.call('PATCH', `/v1/companies/${id}`, {
    headers: { 'if-match': rejected.etag },
    body: { summary: { en: 'Core drilling in the Gobi.' } },
  });
  expect(mended.status).toBe(200);
  expect((await say(`${id}/submit`)).body).not.toHaveProperty('rejectionReason');

  // Scheduled: it appears by itself, at its moment and not before.
  const publishAt = shiftInstant(systemClock.now(), 2_500);
  const scheduled = await say(`${id}/schedule`, { publishAt });
  expect(scheduled.body).toMatchObject({ status: 'scheduled', publishAt });
  expect((await say(`${id}/archive`)).body).toMatchObject({ reason: 'workflow.move-refused' });
  expect(await seenBy(null, { ...hidden, version: scheduled.version })).toEqual({ status: 404, isFound: false });
  const published = await eventually(
    async () => {
      const seen = await portal.call('GET', `/v1/companies/${id}`, { key: null });
      return seen.status === 200 ? seen : undefined;
    },
    { timeoutMs: 30_000 },
  );
  expect(published.body).toMatchObject({ status: 'published', v: 7 });
  expect(String(published.body.publishedAt) >= publishAt).toBe(true);
  expect(published.body).not.toHaveProperty('publishAt');
  expect(await seenBy(null, { id, q: 'алтан гадас', version: `${id}:7` })).toEqual({ status: 200, isFound: true });

  // Renamed: the old address leads to the new one.
  const renamed = await portal.call('PATCH', `/v1/companies/${id}`, {
    headers: { 'if-match': published.etag },
    body: { displayName: { en: 'Polaris Drilling LLC' } },
  });
  expect(renamed.body.slug).toBe('polaris-drilling');
  const old = await fetch(`${portal.url}/v1/companies/altan-gadas-drilling`, { redirect: 'manual' });
  expect([old.status, old.headers.get('location')]).toEqual([308, '/v1/companies/polaris-drilling']);
  expect(await seenBy(null, { id, q: 'polaris', version: renamed.version })).toEqual({
    status: 200,
    isFound: true,
  });

  // Every step can be read and compared afterwards.
  const trail = await portal.call('GET', `/v1/companies/${id}/revisions`);
  expect((trail.body.items as { types: string[] }[]).map(({ types }) => types[0])).toEqual(
    ['created', 'submitted', 'rejected', 'updated', 'submitted', 'scheduled', 'published', 'updated'].toReversed(),
  );
  const between = await portal.call('GET', `/v1/companies/${id}/revisions/1?against=8`);
  expect(JSON.stringify(between.body.diff)).toContain('Polaris');

  // Registered a second time by somebody else: editors are told, and merge the copy.
  const copy = await portal.call('POST', '/v1/companies', {
    body: {
      displayName: { en: 'Polaris Drilling Co' },
      categories: { primary: 'geology-exploration' },
      locations: [{ kind: 'hq', address: { country: 'MN' }, phones: [{ raw: '+976 70112233' }] }],
      status: 'published',
    },
  });
  expect(copy.body.possibleDuplicates).toEqual([expect.objectContaining({ id })]);
  const merged = await say(`${copy.id}/merge`, { into: id });
  expect(merged.body).toMatchObject({ status: 'archived', mergedInto: id });
  const led = await fetch(`${portal.url}/v1/companies/${copy.id}`, { redirect: 'manual' });
  expect([led.status, led.headers.get('location')]).toEqual([308, `/v1/companies/${id}`]);

  // Deleted: gone for all, its trail still there for staff.
  const current = await portal.call('GET', `/v1/companies/${id}`);
  const deleted = await portal.call('DELETE', `/v1/companies/${id}`, { headers: { 'if-match': current.etag } });
  expect(deleted.status).toBe(204);
  for (const reader of [null, undefined])
    expect(await seenBy(reader, { id, q: 'polaris', version: deleted.version })).toEqual({
      status: 404,
      isFound: false,
    });
  const kept = await portal.call('GET', `/v1/companies/${id}/revisions/8`);
  expect(kept.body).toMatchObject({ id, v: 8, displayName: { en: 'Polaris Drilling LLC' } });
});
