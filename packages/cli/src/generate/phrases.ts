type Phrase = { mn: string; en: string };

/** What a company says of itself after it has said what it sells. */
export const remarks: Phrase[] = [
  { mn: 'Захиалгыг ажлын гурван өдөрт хүргэнэ.', en: 'Orders are delivered within three working days.' },
  { mn: 'Орон нутагт хүргэлт хийж, угсарч өгнө.', en: 'Delivery and assembly in the countryside are included.' },
  { mn: 'Чанарын гэрчилгээ, баталгаат хугацаатай.', en: 'Comes with a certificate of quality and a warranty.' },
  { mn: 'Уурхай, үйлдвэр, төсөлд тогтмол нийлүүлдэг.', en: 'A steady supplier of mines, plants and projects.' },
  { mn: 'Жижиг захиалга авч, мэргэжлийн зөвлөгөө өгнө.', en: 'Small orders are welcome, and advice is free.' },
  { mn: 'Мэргэжлийн инженер, техникчийн багтай.', en: 'Has a team of engineers and technicians of its own.' },
  { mn: 'Хил орчмын агуулахаас шууд ачна.', en: 'Ships straight from a warehouse near the border.' },
  { mn: 'Гэр бүлийн бизнес бөгөөд нутгийн иргэдийг ажиллуулдаг.', en: 'A family business that employs local people.' },
  { mn: 'Төлбөрийг хуваан төлөх боломжтой.', en: 'Payment by instalments is possible.' },
  { mn: 'Өвөл, зуны улиралд тасралтгүй ажиллана.', en: 'Works through winter and summer without a break.' },
  { mn: 'Ашигласан бараагаа буцаан авч дахин боловсруулна.', en: 'Takes used goods back and recycles them.' },
  { mn: 'Гадаадын түншүүдтэй урт хугацааны гэрээтэй.', en: 'Works with foreign partners under long contracts.' },
  { mn: 'Захиалагч бүрд тусгай нөхцөл санал болгоно.', en: 'Terms are made for each customer.' },
  { mn: 'Дуудлагаар 24 цаг үйлчилнэ.', en: 'On call around the clock.' },
];

/** Streets of plots and yards, with a number after them. */
export const streets: Phrase[] = [
  { mn: 'Аж үйлдвэрийн гудамж', en: 'Industry street' },
  { mn: 'Энхийн зам', en: 'Peace road' },
  { mn: 'Станцын гудамж', en: 'Station street' },
  { mn: 'Худалдааны гудамж', en: 'Market street' },
  { mn: 'Нарны зам', en: 'Sun road' },
  { mn: 'Уурхайчдын гудамж', en: 'Miners street' },
  { mn: 'Номын гудамж', en: 'Book street' },
  { mn: 'Хойд тойруу', en: 'North ring' },
];

export const jobs = [
  'Захирал',
  'Борлуулалтын менежер',
  'Нягтлан бодогч',
  'Ерөнхий инженер',
  'Sales manager',
  'Office manager',
];
