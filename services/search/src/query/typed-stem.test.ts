import { describe, expect, test } from 'vitest';
import { stemKeyOf } from './typed-stem.ts';

describe('a word has one key in every case, in whichever script it is typed', () => {
  test.each([
    ['барилга', 'барилгын', 'barilga', 'barilgyn', 'barilgiin', 'barilgaar', 'barilguud'],
    ['уурхай', 'уурхайн', 'uurhai', 'uurkhain', 'uurhaigaas', 'uurxaid'],
    ['эмнэлэг', 'эмнэлгийн', 'emneleg', 'emnelgiin', 'emnelguud'],
    ['тээвэр', 'тээврийн', 'teever', 'teevriin'],
    ['машин', 'машины', 'mashin', 'mashinii', 'mashinaar'],
    ['хүнс', 'хүнсний', 'huns', 'hunsnii', 'khunsnii'],
    ['зам', 'замын', 'zam', 'zamiin', 'zamyn', 'zamd'],
    ['гааль', 'гаалийн', 'gaali', 'gaaliin'],
    ['төмөр', 'төмрөөр', 'tumur', 'tumruur', 'tomroor'],
  ])('%s', (...typed) => {
    expect(new Set(typed.map(stemKeyOf)).size).toBe(1);
  });
});

test.each(['mining', 'road', 'solar', 'insurance', 'lawyer'])('the English %s keeps a key of its own', (word) => {
  const others = ['mine', 'row', 'soil', 'insurer', 'law'];
  expect(others.map(stemKeyOf)).not.toContain(stemKeyOf(word));
});

test('too little to tell words apart is no key', () => {
  expect(['а', 'yn', 'ус', 'id'].map(stemKeyOf)).toEqual([undefined, undefined, undefined, undefined]);
});
