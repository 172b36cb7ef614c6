import { stemKeyOf } from './typed-stem.ts';

/**
 * Words with which people ask and which say nothing about what they ask for: where to buy, which company does. They
 * count for nothing when a query's share that a category explains is told. Own list, from how questions are put.
 */
const ASKING_MONGOLIAN = [
  'хаана', 'хаанаас', 'хаа', 'юу', 'ямар', 'хэн', 'хэзээ', 'хэрхэн', 'яаж', 'хэд', 'хэдэн', 'вэ', 'бэ', 'уу', 'үү', 'юм',
  'авах', 'авмаар', 'авъя', 'зарах', 'зардаг', 'зарна', 'зарж', 'худалдаж', 'худалдан', 'худалдаа', 'хийх', 'хийдэг',
  'хийлгэх', 'хийлгэмээр', 'хайж', 'хайх', 'хэрэгтэй', 'хэрэг', 'байна', 'байгаа', 'байдаг', 'байх', 'олох', 'өгөх',
  'өгдөг', 'үзүүлэх', 'үзүүлдэг', 'нийлүүлэх', 'нийлүүлдэг', 'нийлүүлэгч', 'захиалах', 'захиалга', 'гаргах', 'гаргадаг',
  'хямд', 'сайн', 'үнэ', 'үнэтэй', 'нөхцөл', 'компани', 'компаниуд', 'байгууллага', 'газар', 'дэлгүүр', 'манай', 'миний',
  'надад', 'бид', 'болон', 'ба', 'гэж', 'тухай', 'монгол', 'монголд', 'явагддаг', 'бөөнөөр',
]; // biome-ignore format: a table
const ASKING_ENGLISH = [
  'where', 'what', 'which', 'who', 'how', 'when', 'can', 'could', 'do', 'does', 'is', 'are', 'i', 'we', 'my', 'our', 'me',
  'a', 'an', 'the', 'to', 'in', 'of', 'for', 'from', 'on', 'at', 'with', 'and', 'or', 'near', 'up', 'buy', 'buying', 'get',
  'find', 'need', 'want', 'order', 'hire', 'rent', 'sell', 'sells', 'sale', 'make', 'makes', 'made', 'offer', 'offers',
  'company', 'companies', 'firm', 'firms', 'shop', 'shops', 'store', 'service', 'services', 'supplier', 'suppliers',
  'provider', 'providers', 'price', 'prices', 'cheap', 'best', 'good', 'mongolia', 'mongolian', 'supplies', 'supply',
]; // biome-ignore format: a table

const english = new Set(ASKING_ENGLISH);
const mongolian = new Set(ASKING_MONGOLIAN);
const keys = new Set(ASKING_MONGOLIAN.map(stemKeyOf).filter((key) => key !== undefined));
/** Typed in Latin letters and too short for a key. */
const SHORT_LATIN = new Set(['ve', 'be', 'we', 'uu', 'yu', 'yum', 'hen', 'haa', 'une']);

/** Whether a lower-case word only asks, in Mongolian of either script or in English. */
export function isAsking(word: string): boolean {
  if (english.has(word) || mongolian.has(word) || SHORT_LATIN.has(word)) return true;
  return /^[a-zöü]{3,}$/u.test(word) && keys.has(stemKeyOf(word) ?? '');
}
