import { type LocaleTag, regionNames, type SearchFacet } from '@ortoo/shared/contracts';

/** What values are called, Mongolian first, then English, which stands in for every other language. */
type Names = Record<string, readonly [mn: string, en: string]>;

const names: Partial<Record<SearchFacet, Names>> = {
  kind: {
    company: ['Компани', 'Companies'],
    offering: ['Бараа, үйлчилгээ', 'Products and services'],
    article: ['Мэдээ, нийтлэл', 'Articles'],
    category: ['Ангилал', 'Categories'],
    event: ['Арга хэмжээ', 'Events'],
  },
  region: regionNames,
  legalForm: {
    llc: ['ХХК', 'LLC'],
    jsc: ['ХК', 'JSC'],
    ngo: ['НҮТББ', 'NGO'],
    coop: ['Хоршоо', 'Cooperative'],
    nbfi: ['ББСБ', 'NBFI'],
    state: ['Төрийн өмчит', 'State-owned'],
    rep_office: ['Төлөөлөгчийн газар', 'Representative office'],
    other: ['Бусад', 'Other'],
  },
  supplierType: {
    manufacturer: ['Үйлдвэрлэгч', 'Manufacturer'],
    distributor: ['Түгээгч', 'Distributor'],
    importer: ['Импортлогч', 'Importer'],
    exporter: ['Экспортлогч', 'Exporter'],
    service_provider: ['Үйлчилгээ үзүүлэгч', 'Service provider'],
    contractor: ['Гүйцэтгэгч', 'Contractor'],
  },
  verification: {
    none: ['Баталгаажаагүй', 'Not verified'],
    email: ['И-мэйлээр баталгаажсан', 'Verified by e-mail'],
    phone: ['Утсаар баталгаажсан', 'Verified by phone'],
    document: ['Баримтаар баталгаажсан', 'Verified by documents'],
    onsite: ['Газар дээр нь баталгаажсан', 'Verified on site'],
  },
  offeringKind: { product: ['Бараа', 'Product'], service: ['Үйлчилгээ', 'Service'] },
  articleKind: {
    news: ['Мэдээ', 'News'],
    press_release: ['Хэвлэлийн мэдээ', 'Press release'],
    analysis: ['Шинжилгээ', 'Analysis'],
    interview: ['Ярилцлага', 'Interview'],
    notice: ['Зарлал', 'Notice'],
  },
  eventKind: {
    expo: ['Үзэсгэлэн', 'Exhibition'],
    conference: ['Бага хурал', 'Conference'],
    forum: ['Форум', 'Forum'],
    training: ['Сургалт', 'Training'],
    webinar: ['Вебинар', 'Webinar'],
    tender: ['Тендер', 'Tender'],
    networking: ['Уулзалт', 'Networking'],
  },
};

/** What a value of a facet is called in a language: its name where it has one, else the value itself. Pure. */
export function labelOf(facet: Exclude<SearchFacet, 'category'>, value: string, lang: LocaleTag): string {
  if (facet === 'language') return new Intl.DisplayNames(lang, { type: 'language' }).of(value) ?? value;
  if (facet === 'published') return monthLabel(value, lang);
  if (facet === 'price') return priceLabel(value, lang);
  const [mn, en] = names[facet]?.[value] ?? [value, value];
  return lang === 'mn' ? mn : en;
}

function monthLabel(value: string, lang: LocaleTag): string {
  const [year = 0, month = 1] = value.split('-').map(Number);
  const format = new Intl.DateTimeFormat(lang, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return format.format(Date.UTC(year, month - 1));
}

/** `1,000 – 10,000 MNT`, or `≥ 1,000,000,000 MNT` where there is no end. */
function priceLabel(value: string, lang: LocaleTag): string {
  const [currency = '', range = ''] = value.split(':');
  const [from = '', to = ''] = range.split('-');
  const format = (amount: string) => new Intl.NumberFormat(lang).format(Number(amount));
  return to === '' ? `≥ ${format(from)} ${currency}` : `${format(from)} – ${format(to)} ${currency}`;
}
