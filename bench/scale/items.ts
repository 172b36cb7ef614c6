import { cutLegalForms } from '@ortoo/shared/contracts';
import { createSeededRandom, type Random } from '@ortoo/shared/kernel';
import { romanise } from '../../packages/cli/src/generate/romanise.ts';
import type { KnownItem } from './known-names.ts';
import type { Portal } from './portal.ts';

const EACH = 100;
const LETTERS = 'абвгдежзийклмнөопрстуүхцчш'.split('');

const forms: Record<string, (name: string, random: Random) => string> = {
  exact: (name) => name,
  latin: (name) => romanise(name, 'informal').toLowerCase(),
  typo: withTypo,
};

/** Queries for made-up companies: the name as it is, in Latin letters as people type them, and with one wrong letter. */
export function makeItems(portal: Portal, seed: number): KnownItem[] {
  const random = createSeededRandom(seed, 7);
  return Object.entries(forms).flatMap(([form, type]) =>
    Array.from({ length: EACH }, () => ({ form, query: type(drawName(portal, random), random) })),
  );
}

function drawName({ documentOf, counts }: Portal, random: Random): string {
  for (;;) {
    const { state } = documentOf('company', random.whole(counts.company));
    const { mn } = (state as { displayName: { mn?: string } }).displayName;
    if (mn) return cutLegalForms(mn);
  }
}

function withTypo(name: string, random: Random): string {
  const at = 1 + random.whole(Math.max(1, name.length - 1));
  return name.slice(0, at) + random.pick(LETTERS) + name.slice(at + 1);
}
