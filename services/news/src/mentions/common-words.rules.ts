import { foldOf, tokensOf } from './tokens.rules.ts';

/**
 * Words that companies are called and that say too little when they stand alone: everyday words, places, given names, and
 * what companies do. In Cyrillic, and Latin where that is written. Matched folded.
 */
const COMMON = `
монгол монголын улаанбаатар говь гоби алтай хангай хэнтий дорнод дорноговь дундговь өмнөговь сүхбаатар сэлэнгэ төв увс ховд хөвсгөл
архангай өвөрхангай баянхонгор баянөлгий булган завхан говьсүмбэр дархан эрдэнэт орхон налайх багануур зуунмод чойбалсан замынүүд
туул хэрлэн онон сэлбэ богд отгонтэнгэр бурхан халдун хөвсгөлийн азия ази европ евро хятад орос солонгос япон америк герман
наран сар сарнай од тэнгэр уул ус гол нуур тал хөх цагаан улаан хар шар ногоон алт алтан мөнгө мөнгөн зэс төмөр ган эрдэнэ эрдэнэс
баян их бага шинэ хуучин дэлхий дэлгэр мөнх өлзий бат болд ганбат зориг зоригт буян энх энхтайвн энхтайван амгалан жаргал баяр
батбаяр ганбаатар сарантуяа болормаа оюун оюунчимэг мандах туяа гэрэл гэрэлт хүч хүчит эрч эрчим дулаан гэр хаан хатан ноён баатар
зам барилга цемент нүүрс уурхай эрчим цахилгаан тээвэр аялал зочид хоол хүнс сүү мах ноос ноолуур мод шил даатгал банк
худалдаа үйлдвэр үйлчилгээ хөгжил төсөл технологи инженеринг логистик солюшн системс групп холдинг компани корпораци трейд импорт
экспорт центр хотел ресторан кафе маркет дэлгүүр эм эмнэлэг сургууль боловсрол хэвлэл мэдээ өдөр зуун цаг хот аймаг сум дүүрэг
номин номун ном эх ах дүү найз ирээдүй итгэл найдвар мөрөөдөл амжилт ялалт тусгал гэгээ гэгээн соёмбо сүлд тулга жавхлан жавхлант
мөнгөнзавъяа завъяа хас чулуу шонхор бүргэд арслан ирвэс чоно буга адуу морь тэмээ
mongol mongolia mongolian ulaanbaatar gobi govi altai khangai khentii dornod selenge uvs khovd khuvsgul bulgan zavkhan darkhan
erdenet orkhon tuul asia europe china russia korea japan america naran sar tenger uul gol nuur tal bayan ikh baga shine
zorigt zorig buyan bat bold ganbat enkh bayar erdene erdenes gan altan munkh sun sky star blue green red gold golden silver steel
iron stone east west north south central new first one global world international general national royal city town group holding
company trade trading construction building mining energy power solar logistics transport travel tour hotel restaurant cafe market
shop food foods dairy wood bank insurance capital invest media press news today times technology systems solutions service services
engineering development industry steppe nomad eagle wolf horse may march june april august
звезда вега север восток юг запад мир новый новая заря победа прогресс альянс гарант стандарт стиль вектор союз спектр восход
москва сибирь байкал монголия россия дорога строй сервис энергия транспорт
`;

const common = new Set(COMMON.split(/\s+/u).filter(Boolean).map(foldWord));

/** Whether a word says too little by itself. */
export function isCommon(word: string): boolean {
  return common.has(foldWord(word));
}

function foldWord(word: string): string {
  return tokensOf(word)
    .map(({ word: part, script }) => foldOf(part, script))
    .join('');
}

const words = (text: string) => new Set(text.split(/\s+/u).filter(Boolean));

/** Before or after a name they say that it is a company's. */
const cues = words(`
компани компанийн компанид компаниас компанитай компанийг групп группийн корпораци корпорацийн холдинг холдингийн үйлдвэр
company firm corporation holding group supplier contractor компания компании компанию компанией фирма фирмы фирмой корпорация
холдинг завод предприятие
`);

export function isCue(word: string): boolean {
  return cues.has(word);
}

/** Capitalised words beside a name that are no part of it: titles, days, months, and what begins a sentence of English. */
const apart = words(`
ceo cfo coo cto director president chairman chairwoman manager minister mr mrs ms dr the a an in on at by of for from with and
but when while after before since as if today yesterday monday tuesday wednesday thursday friday saturday sunday january february
march april may june july august september october november december company firm group
захирал ерөнхий гүцэтгэх сайд дарга компани фирма компания директор президент
`);

export function isApart(word: string): boolean {
  return apart.has(word);
}

/** After these a word is a person. */
const persons = words('mr mrs ms dr г г-н г-жа ноён хатагтай');

export function isPersonTitle(word: string): boolean {
  return persons.has(word);
}
