import { createShares } from './shares.ts';

/** A place where companies are: its region (ISO 3166-2), its district or sum, and a rough centre (WGS84). */
export type Place = {
  region: string;
  regionName: { mn: string; en: string };
  district: { mn: string; en: string };
  lat: number;
  lon: number;
  /** Degrees in which most companies lie around the centre. */
  spread: number;
};

/** One region a row: code, names, then places as `mn/en lat lon weight`; weights are our rough guess. */
const table = `
MN-1 Улаанбаатар/Ulaanbaatar | Баянзүрх/Bayanzurkh 47.92 106.97 150 | Сүхбаатар/Sukhbaatar 47.925 106.918 130 | Баянгол/Bayangol 47.912 106.86 110 | Хан-Уул/Khan-Uul 47.882 106.905 110 | Сонгинохайрхан/Songinokhairkhan 47.93 106.80 80 | Чингэлтэй/Chingeltei 47.932 106.903 60 | Налайх/Nalaikh 47.772 107.258 8 | Багануур/Baganuur 47.80 108.37 5 | Багахангай/Bagakhangai 47.37 107.49 1
MN-035 Орхон/Orkhon | Баян-Өндөр/Bayan-Undur 49.03 104.05 34 | Жаргалант/Jargalant 49.13 104.36 2
MN-037 Дархан-Уул/Darkhan-Uul | Дархан/Darkhan 49.48 105.93 32 | Хонгор/Khongor 49.20 105.92 3
MN-039 Хэнтий/Khentii | Хэрлэн/Kherlen 47.32 110.65 10 | Бор-Өндөр/Bor-Undur 46.27 109.43 5
MN-041 Хөвсгөл/Khuvsgul | Мөрөн/Murun 49.635 100.16 12 | Хатгал/Khatgal 50.44 100.16 4
MN-043 Ховд/Khovd | Жаргалант/Jargalant 48.005 91.64 12 | Булган/Bulgan 46.09 91.55 3
MN-046 Увс/Uvs | Улаангом/Ulaangom 49.98 92.07 11 | Тариалан/Tarialan 49.79 91.91 2
MN-047 Төв/Tuv | Зуунмод/Zuunmod 47.71 106.95 10 | Баянчандмань/Bayanchandmani 48.22 106.28 4 | Сэргэлэн/Sergelen 47.60 107.02 4
MN-049 Сэлэнгэ/Selenge | Сүхбаатар/Sukhbaatar 50.235 106.20 10 | Мандал/Mandal 48.85 106.72 8 | Алтанбулаг/Altanbulag 50.31 106.49 4
MN-051 Сүхбаатар/Sukhbaatar | Баруун-Урт/Baruun-Urt 46.68 113.28 8 | Эрдэнэцагаан/Erdenetsagaan 45.90 115.37 2
MN-053 Өмнөговь/Umnugovi | Даланзадгад/Dalanzadgad 43.571 104.425 16 | Ханбогд/Khanbogd 43.19 107.19 10 | Цогтцэций/Tsogttsetsii 43.69 105.51 8 | Гурвантэс/Gurvantes 43.23 101.04 3
MN-055 Өвөрхангай/Uvurkhangai | Арвайхээр/Arvaikheer 46.265 102.78 10 | Хархорин/Kharkhorin 47.195 102.83 4
MN-057 Завхан/Zavkhan | Улиастай/Uliastai 47.74 96.845 8 | Тосонцэнгэл/Tosontsengel 48.76 98.28 3
MN-059 Дундговь/Dundgovi | Сайнцагаан/Saintsagaan 45.765 106.27 8 | Мандал-Овоо/Mandal-Ovoo 45.40 106.95 1
MN-061 Дорнод/Dornod | Хэрлэн/Kherlen 48.07 114.535 12 | Чойбалсан/Choibalsan 48.50 114.90 2
MN-063 Дорноговь/Dornogovi | Сайншанд/Sainshand 44.89 110.135 10 | Замын-Үүд/Zamyn-Uud 43.725 111.90 10
MN-064 Говьсүмбэр/Govisumber | Сүмбэр/Sumber 46.36 108.36 6 | Шивээговь/Shiveegovi 46.10 108.57 2
MN-065 Говь-Алтай/Govi-Altai | Есөнбулаг/Yesunbulag 46.375 96.255 8 | Цээл/Tseel 45.55 95.85 1
MN-067 Булган/Bulgan | Булган/Bulgan 48.81 103.535 8 | Хутаг-Өндөр/Khutag-Undur 49.39 102.69 2
MN-069 Баянхонгор/Bayankhongor | Баянхонгор/Bayankhongor 46.195 100.72 9 | Шинэжинст/Shinejinst 44.54 99.28 1
MN-071 Баян-Өлгий/Bayan-Ulgii | Өлгий/Ulgii 48.97 89.965 9 | Толбо/Tolbo 48.41 90.28 1
MN-073 Архангай/Arkhangai | Эрдэнэбулган/Erdenebulgan 47.475 101.455 9 | Тариат/Tariat 48.16 99.88 2
`;

export const places: readonly (readonly [Place, number])[] = table.trim().split('\n').flatMap(parseRegion);

export const drawPlace = createShares(places);

function parseRegion(row: string): [Place, number][] {
  const [head = '', ...rest] = row.split(' | ');
  const [region = '', names = ''] = head.split(' ');
  return rest.map((text) => {
    const [name = '', lat, lon, weight] = text.split(' ');
    const spread = region === 'MN-1' ? 0.02 : 0.012;
    const place = { region, regionName: parseNames(names), district: parseNames(name), spread };
    return [{ ...place, lat: Number(lat), lon: Number(lon) }, Number(weight)];
  });
}

function parseNames(text: string): { mn: string; en: string } {
  const [mn = '', en = ''] = text.split('/');
  return { mn, en };
}
