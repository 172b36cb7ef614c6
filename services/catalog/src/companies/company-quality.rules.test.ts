import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildQuality, completenessWeights } from './company-quality.rules.ts';

const least = { displayName: { mn: 'Говь' }, categories: { primary: 'construction' } };

test('the least company has no quality, one of which all is known has all completeness', () => {
  expect(buildQuality(least)).toEqual({ score: 0, parts: { completeness: 0, verification: 0 } });
  const full = buildQuality({
    ...least,
    displayName: { mn: 'Говь', en: 'Gobi' },
    registrationNumber: '5123456',
    legalForm: 'llc',
    summary: { en: 'Cement.' },
    description: { en: 'Cement and more.' },
    locations: [{ kind: 'hq', address: {}, geo: { lat: 43, lon: 107 }, phones: [{ raw: '7012 3456' }] }],
    websites: ['https://gobi.example'],
    logoUrl: 'https://gobi.example/logo.svg',
    foundedYear: 1999,
  });
  expect(full).toEqual({ score: 0.7, parts: { completeness: 1, verification: 0 } });
});

test('a fact more never lowers the quality', () => {
  const before = buildQuality(least).score;
  expect(buildQuality({ ...least, summary: { en: 'Cement.' } }).score).toBeGreaterThan(before);
  expect(buildQuality({ ...least, contacts: [{ name: 'Bat', phone: { raw: '7012 3456' } }] }).score).toBeGreaterThan(
    before,
  );
});

test.each([
  ['none', 0, 0],
  ['email', 0.25, 0.08],
  ['phone', 0.5, 0.15],
  ['document', 0.75, 0.23],
  ['onsite', 1, 0.3],
] as const)('verified by %s it has %d of verification, which is %d of the score', (level, verification, score) => {
  expect(buildQuality({ ...least, verification: { level } })).toEqual({
    score,
    parts: { completeness: 0, verification },
  });
});

test('the weights add up to all, and the page about companies says them', () => {
  expect(completenessWeights.reduce((sum, { worth }) => sum + worth, 0)).toBe(100);
  const page = readFileSync(new URL('../../../../docs/companies.md', import.meta.url), 'utf8');
  for (const { worth, fact } of completenessWeights) expect(page).toContain(`| ${fact} | ${worth / 100} |`);
});
