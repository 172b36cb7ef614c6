import { ConfigError } from '@ortoo/shared/kernel';
import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('personal data is kept for a year unless it is said otherwise', () => {
  expect(readConfig({}).INQUIRY_RETENTION_DAYS).toBe(365);
  expect(readConfig({ INQUIRY_RETENTION_DAYS: '1' }).INQUIRY_RETENTION_DAYS).toBe(1);
});

test.each(['0', '3651', '1.5', 'forever'])('personal data cannot be kept for %s days', (days) => {
  expect(() => readConfig({ INQUIRY_RETENTION_DAYS: days })).toThrow(ConfigError);
});
