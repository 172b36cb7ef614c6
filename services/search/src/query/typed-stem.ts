import { mongolianStem, skeletonOf } from '@ortoo/shared/contracts';

/** How Mongolian is typed in Latin letters, the longest spelling first; what is doubtful (u, o) the key makes one again. */
const CYRILLIC_OF: Record<string, string> = {
  iin: 'ийн', iig: 'ийг', nii: 'ний', kh: 'х', sh: 'ш', ch: 'ч', ts: 'ц', zh: 'ж', ya: 'я', yo: 'ё', yu: 'ю', ye: 'е',
  ai: 'ай', ei: 'эй', oi: 'ой', ui: 'уй', a: 'а', b: 'б', c: 'ц', d: 'д', e: 'э', f: 'ф', g: 'г', h: 'х', i: 'и',
  j: 'ж', k: 'к', l: 'л', m: 'м', n: 'н', o: 'о', p: 'п', q: 'ө', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'в',
  x: 'х', y: 'ы', z: 'з', ö: 'ө', ü: 'ү',
}; // biome-ignore format: a table
const SPELLINGS = new RegExp(Object.keys(CYRILLIC_OF).join('|'), 'gu');
/** ө that is typed u where a stem or its ending comes and goes: өөс, өөр, төмөр. */
const ROUNDED: [RegExp, string][] = [
  [/(?<=.{3})уус(?=(уу)?$)/u, 'өөс'],
  [/(?<=.{3})уур$/u, 'өөр'],
  [/(?<=.{2}[^аэоөуүиыйеяё])у(?=[^аэоөуүиыйеяёь]$)/u, 'ө'],
];

/**
 * The phonetic key of a lower-case word without its Mongolian case endings, in whichever of the two scripts it is
 * typed: that of барилгын, barilgyn and barilgiin is one. Undefined where too little is left to tell words apart.
 */
export function stemKeyOf(word: string): string | undefined {
  const isLatin = /^[a-zöü]+$/u.test(word);
  const cyrillic = isLatin ? word.replace(SPELLINGS, (spelling) => CYRILLIC_OF[spelling] ?? spelling) : word;
  const ending = isLatin ? ROUNDED.reduce((text, [from, to]) => text.replace(from, to), cyrillic) : cyrillic;
  const key = skeletonOf(mongolianStem(ending));
  return key.length >= 3 ? key : undefined;
}
