/**
 * Frequent words of business whose stem changes as no rule of endings can tell, each with forms that are written. Behind a
 * star a form is met with every case ending too.
 */
const WORDS: Record<string, string> = {
  ажилтан: 'ажилтны ажилтныг ажилтнаас ажилтнаар ажилтнууд*',
  ажилчин: 'ажилчны ажилчныг ажилчнаас ажилчнаар ажилчид ажилчидтай ажилчд*',
  банк: 'банкинд банканд',
  вагон: 'вагонууд*',
  гишүүн: 'гишүүний гишүүнийг гишүүнээс гишүүнээр гишүүд*',
  жуулчин: 'жуулчны жуулчныг жуулчнаас жуулчнаар жуулчид жуулчидтай жуулчд*',
  иргэн: 'иргэний иргэнийг иргэнээс иргэнээр иргэд*',
  машин: 'машинууд*',
  мод: 'модны модон',
  мөнгө: 'мөнгөний мөнгийг мөнгөнөөс мөнгөнд мөнгөөр мөнгөөс',
  нөхөр: 'нөхөд нөхдийн',
  орон: 'орны орныг оронд орноос орнууд*',
  оюутан: 'оюутны оюутныг оюутнаас оюутнаар оюутнууд*',
  ресторан: 'ресторанууд*',
  салон: 'салонууд*',
  улс: 'улсад',
  хөрөнгө: 'хөрөнгийн хөрөнгийг хөрөнгөнд хөрөнгөөр хөрөнгөөс',
  хүн: 'хүний хүмүүст хүмүүс*',
  хүүхэд: 'хүүхдийн хүүхдийг хүүхдэд хүүхдээс хүүхдээр хүүхдүүд*',
  эзэн: 'эзний эзнийг эзнээс эзэд эзэдтэй эзд*',
};

/** By the vowel that a stem is in harmony with. */
const CASES: Record<string, string> = {
  а: 'ын ыг ад аас аар тай руу',
  о: 'ын ыг од оос оор той руу',
  ө: 'ийн ийг өд өөс өөр тэй рүү',
  э: 'ийн ийг эд ээс ээр тэй рүү',
};

/** и is in harmony with every vowel; of the others the last one counts. */
function caseFormsOf(stem: string): string[] {
  const last = /[аоуыяёөүэе](?=[^аоуыяёөүэе]*$)/u.exec(stem)?.[0] ?? 'э';
  const harmony = { у: 'а', ы: 'а', я: 'а', ё: 'о', ү: 'э', е: 'э' }[last] ?? last;
  return (CASES[harmony] ?? '').split(' ').map((ending) => stem + ending);
}

const formsOf = (forms: string) =>
  forms.split(' ').flatMap((form) => {
    const stem = form.replace('*', '');
    return form === stem ? [form] : [stem, ...caseFormsOf(stem)];
  });

/** Irregular forms and the word that each is one of; the endings of that word are taken off afterwards. */
export const irregularForms: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([word, forms]) => formsOf(forms).map((form): [string, string] => [form, word])),
);
