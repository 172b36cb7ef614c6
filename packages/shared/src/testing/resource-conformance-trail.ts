import { describe, expect, test } from 'vitest';
import type { ChangeEntry } from '../contracts/index.ts';
import type { ResourceClient, Shown } from './resource-client.ts';
import type { Suite } from './resource-under-test.ts';

type Step = Pick<ChangeEntry, 'v' | 'type' | 'fields'>;

/** The moment of a write may be that of the write before; whose a member is and what it is found by may be noted already. */
const noted = ['updatedAt', 'edited', 'matchKeys'];
const withoutTime = (fields: readonly string[]) => fields.filter((name) => !noted.includes(name)).toSorted();

/** What was published about the versions from `from` on: each once, in the order in which it first came. */
export async function stepsOf(client: ResourceClient, { id, from, to }: { id: string; from: number; to: number }) {
  const steps = new Map<number, Step>();
  const messages = await client.published(id, to);
  for (const { changes } of messages)
    for (const { v, type, fields } of changes) if (v >= from) steps.set(v, { v, type, fields: withoutTime(fields) });
  return { steps: [...steps.values()], messages };
}

/** What every write leaves behind: a change on the stream and a revision, one for each version, without a gap. */
export function describeTrail({ resource, owner }: Suite): void {
  const { input, change } = resource;
  const fields = withoutTime(resource.fields);

  describe('written', () => {
    test('says on the stream which version it is and exactly what changed', async () => {
      const made = await owner().fresh();
      const body = change(owner().next());
      const { v } = await owner().change(made, body);
      expect(v).toBe(made.v + 1);
      const { steps, messages } = await stepsOf(owner(), { id: made.id, from: v, to: v });
      expect(steps).toEqual([{ v, type: 'updated', fields }]);
      expect(messages.at(-1)).toMatchObject({ id: made.id, v, live: true, state: body });
    });

    test('to what it is already makes no version and no change', async () => {
      const made = await owner().fresh();
      expect(await owner().change(made, made, { mode: 'replace' })).toEqual(made);
      const { v } = await owner().change(made, change(owner().next()));
      expect((await owner().revisions(made.id, made.v + 1, v)).map((revision) => revision.v)).toEqual([v]);
    });

    test('many times leaves its changes in order and a revision of each version', async () => {
      const made = await owner().fresh();
      let current: Shown = made;
      for (let count = 0; count < 5; count += 1) current = await owner().change(current, change(owner().next()));
      const expected: Omit<Step, 'fields'>[] = [2, 3, 4, 5, 6].map((step) => ({
        v: made.v - 1 + step,
        type: 'updated',
      }));
      if (input) {
        const { v } = await owner().move(made.id, 'publish');
        await owner().remove({ id: made.id, v });
        expected.unshift({ v: 1, type: 'created' });
        expected.push({ v, type: 'published' }, { v: v + 1, type: 'deleted' });
      }
      const from = expected[0]?.v ?? 1;
      const to = expected.at(-1)?.v ?? 1;
      const { steps, messages } = await stepsOf(owner(), { id: made.id, from, to });
      expect(steps.map(({ v, type }) => ({ v, type }))).toEqual(expected);
      for (const step of steps.filter(({ type }) => type === 'updated')) expect(step.fields).toEqual(fields);
      const versions = messages.map(({ v }) => v);
      expect(versions).toEqual(versions.toSorted((a, b) => a - b));
      expect((await owner().revisions(made.id, from, to)).map(({ v, type }) => ({ v, type }))).toEqual(expected);
    });
  });
}
