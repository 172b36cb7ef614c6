import type { Breach } from './code-conventions.ts';

const LINES_MAX = 300;

/** What a file is within its folder (CONTRIBUTING.md); kinds of tests and set-up files beside them. */
const ROLES = 'rules store actions endpoints projection consumer follower routes plugin worker client'.split(' ');
const KINDS = ['test', 'int.test', 'e2e.test', 'setup', 'config', 'd'];

/** Names that say nothing of what is inside, and therefore draw everything in. */
const EMPTY_WORD = /(^|-)(utils?|helpers?|commons?|misc|managers?|base)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const MACHINE_PATH = /(?<![\w.~@%*)\]}-])\/(?:work|root|tmp|home\/[a-z][\w-]*)(?:\/|(?=["'`\s),;:]|$))/;
const REGISTRY_HOST =
  /\b(?:registry\.(?:npmjs\.org|yarnpkg\.com|npmmirror\.com)|(?:files\.)?pythonhosted\.org|pypi\.(?:org|python\.org)|repo\d?\.maven\.(?:org|apache\.org)|repo\.maven\.apache\.org|proxy\.golang\.org|(?:index|static)\.crates\.io)\b/;
const OPEN_END = /\b(?:TO(?:)DO|FIX(?:)ME)\b/;

/** Faults of the path of a file of code: kebab-case, a closed list of roles, no empty words. */
export function findNameFaults(path: string): Breach[] {
  const folders = path.split('/');
  const file = folders.pop() ?? '';
  const [stem = '', ...marks] = file
    .replace(/^\./, '')
    .replace(/\.[a-z]+$/, '')
    .split('.');
  const words = [...folders.map((folder) => folder.replace(/^\./, '')), stem];
  const faults = words.flatMap((word) => {
    if (!KEBAB.test(word)) return [`"${word}" is not kebab-case`];
    return EMPTY_WORD.test(word) ? [`"${word}" does not say what is inside`] : [];
  });
  const mark = marks.join('.');
  const isRole = marks.length === 0 || KINDS.includes(mark) || ROLES.includes(mark);
  const isTestOfRole = ROLES.includes(marks[0] ?? '') && KINDS.includes(marks.slice(1).join('.'));
  if (!isRole && !isTestOfRole) faults.push(`"${mark}" is no role; there are: ${ROLES.join(', ')}`);
  return faults.map((what) => ({ line: 0, what }));
}

/** A file that outgrew its reader. */
export function findLengthFaults(text: string): Breach[] {
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return lines > LINES_MAX ? [{ line: 0, what: `${lines} lines, of which ${LINES_MAX} are the most` }] : [];
}

/** Absolute paths that exist on one machine. */
export const findMachinePaths = (text: string) => findLines(text, MACHINE_PATH);

/** Package registries: which one is used is for the machine to say, not for the repository. */
export const findRegistryHosts = (text: string) => findLines(text, REGISTRY_HOST);

/** Marks of unfinished work, which belongs into an issue. */
export const findOpenEnds = (text: string) => findLines(text, OPEN_END);

function findLines(text: string, pattern: RegExp): Breach[] {
  return text.split('\n').flatMap((content, index) => {
    const [what] = pattern.exec(content) ?? [];
    return what === undefined ? [] : [{ line: index + 1, what: what.trim() }];
  });
}
