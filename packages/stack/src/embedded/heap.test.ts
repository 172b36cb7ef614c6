import { expect, test } from 'vitest';
import { readHeapMb } from './heap.ts';

test.each([
  [undefined, 512],
  ['', 512],
  ['256', 256],
  ['4096', 4096],
  ['31000', 31_000],
])('ORTOO_ELASTICSEARCH_HEAP_MB=%s gives an embedded Elasticsearch %i MB', (text, expected) => {
  expect(readHeapMb({ ORTOO_ELASTICSEARCH_HEAP_MB: text })).toBe(expected);
});

test.each(['255', '31001', '1.5', '-512', '4g', ' 512', '0x200', '1e3'])('%s is refused with the bounds', (text) => {
  expect(() => readHeapMb({ ORTOO_ELASTICSEARCH_HEAP_MB: text })).toThrow(
    `ORTOO_ELASTICSEARCH_HEAP_MB is "${text}" and must be a whole number of megabytes from 256 to 31000.`,
  );
});
