import { createLogger, type Logger } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import type { Trouble } from '../changes.rules.ts';
import { createTroubleWatch } from './trouble.ts';

/** A log whose lines a test can read. */
function createReadableLog() {
  const lines: string[] = [];
  const log = createLogger({ service: 'test', level: 'info' });
  log.warn = ((line: { reason: string }) => void lines.push(line.reason)) as Logger['warn'];
  log.info = (() => void lines.push('over')) as Logger['info'];
  return { log, lines };
}

const busy = (text: string): Trouble => ({ type: 'transient', reason: `es_rejected_execution_exception: ${text}` });
const blocked: Trouble = { type: 'refused', reason: 'cluster_block_exception: read only' };

test('a trouble is told once when it begins, once when it becomes another, and once when it is over', () => {
  const { log, lines } = createReadableLog();
  const watch = createTroubleWatch({ index: 'portal-1', log });
  for (const trouble of [busy('7 queued'), busy('9 queued'), busy('1 queued'), blocked, blocked, undefined, undefined])
    watch.note(trouble);
  expect(lines).toEqual([busy('7 queued').reason, blocked.reason, 'over']);
});

test('only what keeps every change out makes the index not ready', () => {
  const { log } = createReadableLog();
  const watch = createTroubleWatch({ index: 'portal-1', log });
  watch.note(busy('7 queued'));
  expect(watch.sentence()).toBeNull();
  watch.note(blocked);
  expect(watch.sentence()).toBe('changes cannot be indexed: cluster_block_exception: read only');
  watch.note(undefined);
  expect(watch.sentence()).toBeNull();
});
