/**
 * What companies of each category are called and what they sell, the categories in the order of their share. A head is
 * `# code | words of a name as mn/en | supplier types`, an offering is `mn | en | unit | HS code, none for a service |
 * middle price in MNT`. The lists are our own.
 */
export const tradeList = `
# construction | Барилга/Construction, Констракшн/Build, Барилгын_Материал/Materials | contractor manufacturer
Портландцемент | Portland cement | t | 252329 | 240000
Бетон зуурмаг | Ready-mix concrete | m3 | 382450 | 260000
Шатаасан тоосго | Fired brick | piece | 690410 | 520
Арматурын төмөр | Reinforcing bar | t | 721420 | 2900000
Барилга угсралт | Building assembly | m2 | | 850000
Дотор засал | Interior finishing | m2 | | 180000
# mining-services | Майнинг/Mining, Уул_Уурхай/Mining_Services, Олборлолт/Extraction | contractor service_provider
Хөрс хуулалт | Overburden stripping | m3 | | 9500
Нүүрс ачилт тээвэр | Coal loading and hauling | t | | 12000
Нөхөн сэргээлт | Land reclamation | ha | | 14000000
Баяжуулалтын туршилт | Beneficiation test | test | | 4500000
Кемпийн үйлчилгээ | Camp catering | day | | 42000
# transportation | Тээвэр/Transport, Ложистик/Logistics, Карго/Cargo | service_provider
Хот хоорондын ачаа тээвэр | Intercity freight | t | | 140000
Чингэлэг тээвэр | Container transport | container | | 5200000
Агуулах түрээс | Warehouse rent | m2 | | 18000
Агаарын ачаа | Air cargo | kg | | 14500
Хүнд даацын тээвэр | Oversize transport | trip | | 8800000
# food | Хүнс/Foods, Фүүд/Food, Сүү/Dairy | manufacturer distributor exporter
Гурил | Wheat flour | kg | 110100 | 2100
Үхрийн мах | Beef | kg | 020130 | 19000
Пастержуулсан сүү | Pasteurised milk | l | 040120 | 4200
Чацарганы шүүс | Sea buckthorn juice | l | 200989 | 12000
Талх | Bread | piece | 190590 | 2400
Ааруул | Dried curd | kg | 040690 | 28000
# automobiles-machinery | Моторс/Motors, Авто/Auto, Сэлбэг/Parts | importer distributor service_provider
Ачааны машин | Dump truck | piece | 870410 | 210000000
Экскаватор | Hydraulic excavator | piece | 842952 | 380000000
Дугуй | Truck tyre | piece | 401120 | 780000
Тоормосны наклад | Brake pad | set | 870830 | 160000
Техникийн үзлэг | Vehicle service | visit | | 190000
# foreign-trade | Трейд/Trade, Импекс/Impex, Интернэшнл/International | importer exporter distributor
Гаалийн бүрдүүлэлт | Customs clearance | shipment | | 350000
Импортын зуучлал | Import agency | shipment | | 2200000
Самнасан ноолуур | Dehaired cashmere | kg | 510211 | 420000
Хайлуур жонш | Fluorspar | t | 252921 | 780000
Полипропилен шуудай | Polypropylene bag | piece | 630533 | 650
# information-technology | Софт/Software, Тех/Tech, Системс/Systems | service_provider
Вэб хөгжүүлэлт | Web development | project | | 12000000
Сервер | Rack server | piece | 847150 | 14500000
Үүлэн хадгалалт | Cloud storage | month | | 95000
Сүлжээний шилжүүлэгч | Network switch | piece | 851762 | 1250000
Мэдээллийн аюулгүй байдлын аудит | Security audit | project | | 18000000
# agriculture | Агро/Agro, Тариалан/Farming, Фарм/Farm | manufacturer distributor
Буудай | Wheat | t | 100199 | 780000
Төмс | Potato | kg | 070190 | 1500
Малын тэжээл | Animal feed | t | 230990 | 920000
Азотын бордоо | Nitrogen fertilizer | t | 310210 | 1900000
Хүлэмж угсралт | Greenhouse assembly | m2 | | 145000
# energy | Эрчим/Energy, Пауэр/Power, Цахилгаан/Electric | contractor service_provider manufacturer
Нарны хавтан | Solar panel | piece | 854143 | 620000
Хүчний трансформатор | Power transformer | piece | 850422 | 48000000
Дизель үүсгүүр | Diesel generator | piece | 850212 | 56000000
Хүчний кабель | Power cable | m | 854460 | 38000
Цахилгаан угсралт | Electrical installation | project | | 24000000
# other | Сервис/Services, Групп/Group, Хэвлэл/Printing | service_provider manufacturer
Оффис цэвэрлэгээ | Office cleaning | m2 | | 2600
Хэвлэлийн үйлчилгээ | Printing | piece | | 1200
Харуул хамгаалалт | Guarding | month | | 4200000
Картон хайрцаг | Cardboard box | piece | 481910 | 1800
# mining-equipment | Техник/Equipment, Майнинг_Техник/Mining_Equipment, Машинери/Machinery | importer distributor service_provider
Хацарт бутлуур | Jaw crusher | piece | 847420 | 340000000
Зутангийн насос | Slurry pump | piece | 841370 | 42000000
Туузан дамжуулагч | Belt conveyor | m | 842833 | 2600000
Өрмийн хошуу | Drill bit | piece | 820719 | 920000
Чичиргээт шигшүүр | Vibrating screen | piece | 847410 | 120000000
# travel | Аялал/Travel, Тур/Tours, Жим/Trails | service_provider
Говийн аялал | Gobi tour | person | | 2100000
Гэр баазын өрөө | Ger camp stay | night | | 210000
Морин аялал | Horse trek | day | | 260000
Нислэгийн захиалга | Flight booking | ticket | | 45000
# health | Эмнэлэг/Clinic, Мед/Med, Эрүүл_Мэнд/Health | service_provider importer
Урьдчилан сэргийлэх үзлэг | Health check | person | | 240000
Шүдний эмчилгээ | Dental treatment | visit | | 160000
Нэг удаагийн бээлий | Disposable gloves | box | 401512 | 24000
Хэт авиан аппарат | Ultrasound scanner | piece | 901812 | 68000000
# education | Сургалт/Training, Академи/Academy, Боловсрол/Education | service_provider
Англи хэлний сургалт | English course | course | | 520000
Гагнуурын сургалт | Welding course | course | | 980000
Сургалтын ширээ | School desk | piece | 940330 | 260000
Програмчлалын сургалт | Programming course | course | | 1400000
# consumables | Материал/Supplies, Хангамж/Supply, Трейд/Trade | distributor importer
Моторын тос | Engine oil | l | 271019 | 14000
Гагнуурын электрод | Welding electrode | kg | 831110 | 12500
Боолт | Hex bolt | kg | 731815 | 9800
Хамгаалалтын тууз | Adhesive tape | roll | 391910 | 4200
# engineering-architecture-geodesy | Инженеринг/Engineering, Архитектур/Architects, Геодези/Geodesy | service_provider
Барилгын зураг төсөл | Building design | m2 | | 38000
Топографийн зураглал | Topographic survey | ha | | 260000
Тахеометр | Total station | piece | 901520 | 22000000
Магадлалын шинжилгээ | Expert review | project | | 6400000
# finance-audit | Аудит/Audit, Бүртгэл/Accounting, Брокер/Brokers | service_provider
Санхүүгийн аудит | Financial audit | project | | 16000000
Нягтлан бодох бүртгэл | Bookkeeping | month | | 850000
Татварын зөвлөгөө | Tax advice | hour | | 220000
# legal-consulting | Лигал/Legal, Консалтинг/Consulting, Зөвлөх/Advisers | service_provider
Гэрээний зөвлөгөө | Contract advice | hour | | 260000
Компани байгуулах үйлчилгээ | Company registration | project | | 680000
Бизнес төлөвлөгөө | Business plan | project | | 5200000
# banking-investment | Капитал/Capital, Инвест/Invest, Санхүү/Finance | service_provider
Бизнесийн зээл | Business loan | contract | | 60000000
Тоног төхөөрөмжийн лизинг | Equipment leasing | contract | | 120000000
Хөрөнгө оруулалтын зөвлөгөө | Investment advice | hour | | 300000
# geology-exploration | Геологи/Geology, Эрэл/Exploration, Өрөмдлөг/Drilling | contractor service_provider
Алмазан өрөмдлөг | Diamond drilling | m | | 320000
Геохимийн дээжлэлт | Geochemical sampling | sample | | 48000
Усны худаг гаргах | Water well drilling | m | | 240000
Кернийн хайрцаг | Core box | piece | 392310 | 21000
# road | Зам/Road, Гүүр/Bridge, Замын_Барилга/Roadworks | contractor
Асфальтбетон | Asphalt concrete | t | 271500 | 310000
Авто зам барилга | Road building | km | | 1400000000
Замын тэмдэг | Road sign | piece | 831000 | 160000
Хайрга | Gravel | m3 | 251710 | 42000
# sewing-textile | Текстайл/Textile, Оёдол/Garments, Ноолуур/Cashmere | manufacturer exporter
Ноолуурын цамц | Cashmere sweater | piece | 611012 | 320000
Ажлын хувцас | Work suit | set | 621132 | 145000
Эсгий тоорцог | Felt hat | piece | 650500 | 48000
Дүрэмт хувцас оёх | Uniform sewing | set | | 120000
# labor-safety | Сэйфти/Safety, Хамгаалалт/Protection, ХАБЭА/HSE | distributor importer service_provider
Хамгаалалтын малгай | Safety helmet | piece | 650610 | 38000
Аюулгүйн бүс | Safety harness | piece | 630790 | 145000
Хошуувч | Respirator | piece | 902000 | 8500
ХАБЭА сургалт | Safety training | person | | 150000
# insurance | Даатгал/Insurance, Зууч/Brokers, Хамгаалал/Cover | service_provider
Хөрөнгийн даатгал | Property insurance | year | | 2600000
Тээврийн хэрэгслийн даатгал | Vehicle insurance | year | | 620000
Ачааны даатгал | Cargo insurance | shipment | | 340000
# lighting | Гэрэлтүүлэг/Lighting, Лайт/Light, Лед/LED | distributor manufacturer
LED гэрэлтүүлэгч | LED luminaire | piece | 940511 | 85000
Гудамжны гэрэл | Street light | piece | 940542 | 420000
Уурхайн чийдэн | Miner's lamp | piece | 851310 | 210000
Гэрэлтүүлгийн төсөл | Lighting design | project | | 5600000
# blasting | Тэсэлгээ/Blasting, Тэсрэх_Материал/Explosives, Бласт/Blast | contractor manufacturer
Аммонийн шүү | Ammonium nitrate | t | 310230 | 2400000
Тэслэгч | Detonator | piece | 360360 | 14000
Өрөмдлөг тэсэлгээ | Drill and blast | m3 | | 4200
`;
