import type { SetName } from './eval-files.ts';

/** `floors` belong to the `figures`, in their order: the least that is to be reached on the half for testing. */
export type Line = {
  label: string;
  /** At the head of a column. */
  short: string;
  set: Exclude<SetName, 'twins'>;
  form: string;
  figures: string[];
  floors: number[];
  floorWithDictionary?: number;
};

type Known = Pick<Line, 'label' | 'short' | 'floors'>;
const first = ['success@1'];
const first10 = ['success@1', 'success@10'];
const nDCG = ['nDCG@10'];

const names: Record<string, Known> = {
  exact: { label: 'names success@1: exact', short: 'exact', floors: [0.99] },
  o_u: { label: 'о, у for ө, ү', short: 'о, у', floors: [0.99] },
  latin_mns: { label: 'Latin by the standard', short: 'Latin', floors: [0.98] },
  latin_informal: { label: 'informal Latin', short: 'informal', floors: [0.98] },
  word_order_swapped: { label: 'words swapped', short: 'swapped', floors: [0.98] },
  legal_form_added: { label: 'legal form added', short: 'legal form', floors: [0.99] },
  cyr_typo1: { label: 'one Cyrillic typo, success@1 / @10', short: 'Cyrillic typo', floors: [0.88, 0.95] },
  latin_informal_typo1: {
    label: 'informal Latin with a typo, success@1 / @10',
    short: 'informal, typo',
    floors: [0.83, 0.93],
  },
};

const texts: Record<string, Known & Pick<Line, 'set' | 'figures'>> = {
  movies: { set: 'movies', label: 'movies nDCG@10', short: 'movies', figures: nDCG, floors: [0.865] },
  cranfield: {
    set: 'cranfield',
    label: 'Cranfield nDCG@10, source documents left in the ranking',
    short: 'Cranfield',
    figures: nDCG,
    floors: [0.39],
  },
  vaswani: { set: 'vaswani', label: 'Vaswani nDCG@10', short: 'Vaswani', figures: nDCG, floors: [0.42] },
};

const own: Record<string, Known & Pick<Line, 'set' | 'figures' | 'floorWithDictionary'>> = {
  mentions: {
    set: 'mentions',
    label: 'inflected mentions R@100, of at most 100',
    short: 'mentions',
    figures: ['R@100'],
    floors: [0.75],
    floorWithDictionary: 0.85,
  },
  questions: {
    set: 'questions',
    label: 'own questions, right category in the first three',
    short: 'questions',
    figures: ['success@3'],
    floors: [0.9],
  },
  portal: {
    set: 'portal',
    label: 'own queries over `data/`, success@1 / @3',
    short: 'own queries',
    figures: ['success@1', 'success@3'],
    floors: [],
  },
};

/** What is shown, in its order. */
export const lines: Line[] = [
  ...Object.entries(texts).map(([form, line]) => ({ ...line, form })),
  ...Object.entries(names).map(([form, line]) => {
    return { ...line, set: 'names' as const, form, figures: line.floors.length > 1 ? first10 : first };
  }),
  ...Object.entries(own).map(([form, line]) => ({ ...line, form })),
];
