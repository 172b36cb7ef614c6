/** A Mongolian word with what it means. */
export type Word = { mn: string; en: string };

/** Rows of `word/meaning`, an underscore for a space. */
export function parseWords(text: string): Word[] {
  return text
    .trim()
    .split(/\s+/)
    .map((row) => {
      const [mn = '', en = ''] = row.replaceAll('_', ' ').split('/');
      return { mn, en };
    });
}

/** What a company is called: the first half of a name. */
export const epithets = parseWords(`
  Хөх/Blue Цагаан/White Улаан/Red Ногоон/Green Хар/Black Бор/Brown Ягаан/Pink Саарал/Grey Мөнх/Eternal Энх/Peaceful
  Их/Great Алтан/Golden Мөнгөн/Silver Хурдан/Swift Бат/Firm Ган/Steel Төмөр/Iron Зэс/Copper Хүрэл/Bronze Өндөр/High
  Гүн/Deep Уудам/Vast Шинэ/New Нэгдсэн/United Гурван/Three Дөрвөн/Four Таван/Five Зургаан/Six Долоон/Seven Найман/Eight
  Есөн/Nine Арван/Ten Зуун/Hundred Мянган/Thousand Түмэн/Myriad Өргөн/Broad Баян/Rich Сайхан/Fair Гэрэлт/Bright
  Нарлаг/Sunny Салхит/Windy Уулын/Mountain Талын/Steppe Говийн/Gobi Хангайн/Khangai Алтайн/Altai Хэнтийн/Khentii
  Хойд/Northern Өмнөд/Southern Зүүн/Eastern Баруун/Western Төв/Central Хязгаар/Frontier Хүчит/Mighty Ухаалаг/Smart
  Цэцэн/Wise Мэргэн/Keen Тод/Clear Цэвэр/Pure Анхны/First Шилдэг/Prime Дээд/Supreme Эртний/Ancient Үнэн/True
  Шударга/Honest Тэнгэрийн/Sky Нүүдэлч/Nomad Мөсөн/Ice Цастай/Snowy Бороот/Rainy Хаврын/Spring Зуны/Summer Намрын/Autumn
  Өвлийн/Winter Үүрийн/Dawn Одот/Starry Чулуун/Stone Эрдэнэт/Jewelled Ариун/Sacred Идэр/Youthful Тансаг/Fine Дэлгэр/Ample
`);

/** What a company is called: the second half of a name. */
export const things = parseWords(`
  Тал/Steppe Уул/Mountain Гол/River Нуур/Lake Тэнгэр/Sky Нар/Sun Сар/Moon Од/Star Салхи/Wind Чулуу/Stone Хад/Rock
  Элс/Sand Булаг/Spring Хөндий/Valley Ой/Forest Зам/Road Гүүр/Bridge Хаалга/Gate Өргөө/Palace Тулга/Hearth Гал/Fire
  Дөл/Flame Очир/Vajra Эрдэнэ/Treasure Сувд/Pearl Шижир/Gold Шонхор/Falcon Бүргэд/Eagle Харцага/Hawk Арслан/Lion
  Барс/Tiger Чоно/Wolf Буга/Deer Янгир/Ibex Аргаль/Argali Ирвэс/Leopard Хүлэг/Steed Азарга/Stallion Адуу/Horse
  Тэмээ/Camel Нум/Bow Сүлд/Banner Туг/Standard Хан/Khan Хатан/Queen Баатар/Hero Анд/Ally Нөхөр/Friend Өв/Heritage
  Түүх/History Ирээдүй/Future Хөгжил/Progress Итгэл/Trust Найдвар/Hope Амжилт/Success Өсөлт/Growth Эрчим/Vigour
  Гэрэл/Light Цаг/Time Зүг/Compass Оргил/Summit Дэнж/Terrace Долгион/Wave Далай/Ocean Арал/Island Цэцэг/Flower
  Навч/Leaf Үр/Seed Найрамдал/Concord Холбоо/Union Эх/Source Суурь/Foundation Багана/Pillar Дээвэр/Roof Хана/Wall
  Хээ/Pattern Утас/Thread Дөрөө/Stirrup Эмээл/Saddle Жолоо/Rein Цуваа/Caravan Аян/Journey Хийморь/Windhorse
  Ивээл/Grace Буян/Merit Заяа/Destiny Цэлмэг/Serenity Мөрөн/Stream Сүрэг/Herd Отор/Pasture Гэр/Home Айл/Hamlet
  Хот/City Хүрээ/Circle Дархан/Smith Алх/Hammer Дөш/Anvil Түлхүүр/Key Гинж/Chain Дэнлүү/Lantern Зул/Lamp
`);

/** Elements of given names; two make a name as often as one. */
export const givenNames = {
  first:
    'Энх Мөнх Бат Ган Төмөр Алтан Наран Сарн Оюун Эрдэнэ Баяр Цэнд Дорж Пүрэв Лхагва Даваа Мягмар Сүх Очир Цэцэг'.split(
      ' ',
    ),
  second:
    'болд баяр туяа жаргал цэцэг тулга эрдэнэ сайхан чимэг бат зориг мөнх дэлгэр амгалан сүрэн хуяг төр гэрэл'.split(
      ' ',
    ),
  initials: 'А Б Г Д Ж З Л М Н О П Р С Т У Х Ц Ч Ш Э'.split(' '),
};
