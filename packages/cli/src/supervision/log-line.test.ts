import { expect, test } from 'vitest';
import { createLineSplitter } from './line-splitter.ts';
import { parseLogLine } from './log-line.ts';

test('a log line is shortened to its level, its message and its error', () => {
  const line = JSON.stringify({
    level: 50,
    time: 1,
    msg: 'a part did not start',
    err: { message: 'no\nserver', stack: '…' },
  });
  expect(parseLogLine(line)).toEqual({ level: 50, text: 'error: a part did not start: no server' });
});

test('text that is no log line is kept as it stands and never taken for a warning', () => {
  expect(parseLogLine('{broken')).toEqual({ level: 0, text: '{broken' });
  expect(parseLogLine('Error: x')).toEqual({ level: 0, text: 'Error: x' });
});

test('lines come out whole however the chunks were cut, and an endless line is cut', () => {
  const lines: string[] = [];
  const splitter = createLineSplitter((line) => lines.push(line));
  splitter.push('one\r\ntw');
  splitter.push('o\nthr');
  splitter.flush();
  splitter.push('x'.repeat(70_000));
  expect(lines.slice(0, 3)).toEqual(['one', 'two', 'thr']);
  expect(lines[3]).toHaveLength(65_536);
});
