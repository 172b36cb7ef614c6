import { createDraw, editCopy, makeArticle, textOf } from './generator.ts';
import { languages, lengths, measure, totalOf } from './measure.ts';
import { bestOf, distanceOf, simhashOf } from './simhash.ts';

const ALARMS_MAX = 0.001;
const ARTICLES = 60;

const print = (line: string) => process.stdout.write(`${line}\n`);
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

const simhashes = { same: [] as number[], different: [] as number[] };
const rows = measure({ languages, lengths, articles: ARTICLES });
print(
  '| language | words | copies found | copies of one found by each other | false alarms | looked at | simhash finds |\n| --- | --- | --- | --- | --- | --- | --- |',
);
for (const { language, length, copies, found, pairs, falseAlarms, candidates, ...row } of rows) {
  const cousins = percent(row.cousinsFound / row.cousins);
  const cells = [
    language,
    length,
    percent(found / copies),
    cousins,
    `${falseAlarms} of ${pairs}`,
    percent(candidates / pairs),
  ];
  print(`| ${cells.join(' | ')} | ${simhashCell(language, length)} |`);
}
const { recall, cousinRecall, copies, pairs, falseAlarmRate, candidateRate } = totalOf(rows);
print(
  `All: ${percent(recall)} of ${copies} copies, ${percent(cousinRecall)} of two copies of one, ${percent(falseAlarmRate)} of ${pairs} pairs, ${percent(candidateRate)} looked at.`,
);

const pooled = bestOf(simhashes.same, simhashes.different, ALARMS_MAX);
print(`One simhash limit for all: ${percent(pooled.recall)} of copies within ${pooled.bits} bits.`);

/** Over the same articles, with the widest distance that keeps false alarms within the limit. */
function simhashCell(language: (typeof languages)[number], length: number): string {
  const draw = createDraw(length);
  const made = Array.from({ length: ARTICLES }, () => makeArticle(draw, { language, topic: length % 4, length }));
  const hashes = made.map((article) => simhashOf(textOf(article)));
  const edited = made.map((article) =>
    simhashOf(textOf(editCopy(draw, article, { share: 0.05, editing: 'replaced' }))),
  );
  const apart = (one: boolean[] = [], other: boolean[] = []) => distanceOf(one, other);
  const same = hashes.map((hash, place) => apart(hash, edited[place]));
  const different = hashes.flatMap((hash, place) => hashes.slice(place + 1).map((other) => apart(hash, other)));
  simhashes.same.push(...same);
  simhashes.different.push(...different);
  const best = bestOf(same, different, ALARMS_MAX);
  return `${percent(best.recall)} within ${best.bits} bits`;
}
