import { describe, expect, test } from 'vitest';
import { newRequestId, typeIds } from '../kernel/index.ts';
import type { Suite } from './resource-under-test.ts';

/** A repeat with the same request key has one effect, also when it comes at the same time. */
export function describeRepeats({ resource, owner }: Suite): void {
  const { kind, input, change } = resource;

  describe('repeated with the same key', () => {
    test('a change has one effect, late or at once', async () => {
      const made = await owner().fresh();
      const requestKey = newRequestId();
      const body = change(owner().next());
      const repeat = () => owner().change(made, body, { requestKey });
      const answers = await Promise.all([repeat(), repeat(), repeat()]);
      answers.push(await repeat());
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await owner().get(made.id)).toMatchObject({ v: made.v + 1, ...body });
    });

    test('a change that was followed by another is not done again', async () => {
      const made = await owner().fresh();
      const requestKey = newRequestId();
      const body = change(owner().next());
      const first = await owner().change(made, body, { requestKey });
      const second = await owner().change(first, change(owner().next()));
      expect(await owner().change(made, body, { requestKey })).toEqual(second);
    });

    if (!input) return;
    test('a creation has one effect, late or at once', async () => {
      const request = { id: typeIds.next(kind), requestKey: newRequestId() };
      const body = input(owner().next());
      const repeat = () => owner().create(body, request);
      const answers = await Promise.all([repeat(), repeat(), repeat()]);
      answers.push(await repeat());
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await owner().get(request.id)).toMatchObject({ v: 1 });
    });

    test('a move and a deletion have one effect', async () => {
      const { id } = await owner().fresh();
      const [moving, removing] = [{ requestKey: newRequestId() }, { requestKey: newRequestId() }];
      const moved = await owner().move(id, 'publish', moving);
      expect(await owner().move(id, 'publish', moving)).toEqual(moved);
      const removed = await owner().remove({ id, v: 2 }, removing);
      expect(await owner().remove({ id, v: 2 }, removing)).toEqual(removed);
      expect(removed).toEqual({ id, v: 3 });
    });
  });
}
