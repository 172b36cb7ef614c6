import type { LocaleTag } from '@ortoo/shared/contracts';

/** What generated articles of one language are put together from. Self-written; each topic brings words of its own. */
export type Lexicon = {
  /** How words are joined: Chinese writes none apart. */
  space: string;
  stop: string;
  topics: string[][];
  verbs: string[];
  qualities: string[];
  links: string[];
  people: string[];
  places: string[];
  /** Whole sentences that articles of every source share. */
  agency: string[];
  /** What a source puts under each of its articles. */
  footers: string[];
};

const words = (text: string) => text.trim().split(/\s+/u);

export const lexicons: Record<LocaleTag, Lexicon> = {
  en: {
    space: ' ',
    stop: '.',
    topics: [
      words(
        'coal mine export border railway truck tonne contract auction price port wagon coking thermal output stockpile licence royalty smelter copper concentrate investor geology drilling deposit',
      ),
      words(
        'bank loan interest rate currency reserve inflation budget deficit bond tax treasury deposit credit investor fund exchange tugrik dollar payment lender mortgage audit savings liquidity',
      ),
      words(
        'livestock herder pasture winter cashmere wool meat hide market province drought snow fodder veterinary breed export slaughterhouse vaccination goat sheep horse camel cooperative dairy harvest',
      ),
      words(
        'apartment construction cement road bridge heating plant power grid tender contractor engineer building permit district crane concrete steel elevator school hospital pipeline insulation brick survey',
      ),
    ],
    verbs: words(
      'increased reduced signed announced opened delayed approved supported reviewed financed completed exported imported inspected suspended extended planned discussed published tested delivered purchased renewed rejected',
    ),
    qualities: words(
      'new domestic foreign annual large regional private public modern additional temporary joint leading small strategic local seasonal average',
    ),
    links: words('the a of in for with by from under after before during because while and but through without'),
    people: words(
      'Bat-Erdene Oyunchimeg Ganbold Sarnai Temuulen Enkhjin Otgonbayar Munkhbat Narantuya Delger Zolboo Anu',
    ),
    places: words(
      'Ulaanbaatar Darkhan Erdenet Khovd Zamyn-Uud Dalanzadgad Choibalsan Tsogttsetsii Arvaikheer Sainshand',
    ),
    agency: [
      'the ministry said in a statement on Monday',
      'according to the National Statistics Office',
      'the agency reported citing official figures',
      'a spokesperson declined to comment on the matter',
      'the decision was made at the regular meeting of the Cabinet',
      'compared with the same period of the previous year',
      'the parties agreed to continue the talks next month',
      'more details will be given at a press conference later this week',
    ],
    footers: [
      'All rights reserved . Reproduction of this material without written permission of the agency is prohibited . Subscribe to our newsletter for daily business news',
      'Read more in our business section . Follow us on social media and send your comments to the editor',
    ],
  },
  mn: {
    space: ' ',
    stop: '.',
    topics: [
      words(
        'нүүрс уурхай экспорт хил төмөр_зам ачаа тонн гэрээ дуудлага үнэ боомт вагон коксжих эрчим олборлолт нөөц тусгай_зөвшөөрөл роялти үйлдвэр зэс баяжмал хөрөнгө_оруулагч хайгуул өрөмдлөг орд',
      ),
      words(
        'банк зээл хүү валют нөөц инфляци төсөв алдагдал бонд татвар сан хадгаламж кредит хөрөнгө бирж төгрөг доллар төлбөр зээлдүүлэгч ипотек аудит хуримтлал хөрвөх_чадвар ханш арилжаа',
      ),
      words(
        'мал малчин бэлчээр өвөл ноолуур ноос мах арьс зах аймаг ган цас тэжээл мал_эмнэлэг үүлдэр экспорт мах_комбинат вакцин ямаа хонь адуу тэмээ хоршоо сүү ургац',
      ),
      words(
        'орон_сууц барилга цемент зам гүүр дулаан станц цахилгаан сүлжээ тендер гүйцэтгэгч инженер байшин зөвшөөрөл дүүрэг кран бетон ган_төмөр лифт сургууль эмнэлэг шугам дулаалга тоосго хэмжилт',
      ),
    ],
    verbs: words(
      'нэмэгджээ буурчээ байгууллаа зарлалаа нээлээ хойшлуулав баталлаа дэмжлээ хянажээ санхүүжүүлэв дуусгалаа гаргажээ оруулжээ шалгалаа зогсоов сунгалаа төлөвлөжээ хэлэлцэв нийтлэв туршлаа нийлүүлэв худалдаж_авлаа шинэчилжээ татгалзав',
    ),
    qualities: words(
      'шинэ дотоодын гадаадын жилийн том бүсийн хувийн нийтийн орчин_үеийн нэмэлт түр хамтарсан тэргүүлэх жижиг стратегийн орон_нутгийн улирлын дундаж',
    ),
    links: words('нь болон гэж энэ тухай дээр доор дараа өмнө үеэр учир харин мөн ба хооронд тулд хүртэл бүр'),
    people: words('Бат-Эрдэнэ Оюунчимэг Ганболд Сарнай Тэмүүлэн Энхжин Отгонбаяр Мөнхбат Нарантуяа Дэлгэр Золбоо Ану'),
    places: words(
      'Улаанбаатарт Дарханд Эрдэнэтэд Ховдод Замын-Үүдэд Даланзадгадад Чойбалсанд Цогтцэцийд Арвайхээрт Сайншандад',
    ),
    agency: [
      'гэж яамны хэвлэлийн албанаас мэдээллээ',
      'Үндэсний статистикийн хорооны мэдээгээр',
      'албан ёсны тоо баримтыг иш татан агентлаг мэдээлэв',
      'энэ асуудлаар тайлбар өгөхөөс татгалзлаа',
      'Засгийн газрын ээлжит хуралдаанаар ийм шийдвэр гаргав',
      'өмнөх оны мөн үетэй харьцуулахад',
      'талууд ирэх сард яриа хэлэлцээгээ үргэлжлүүлэхээр тохиролцлоо',
      'дэлгэрэнгүй мэдээллийг энэ долоо хоногт хэвлэлийн бага хурлаар өгнө',
    ],
    footers: [
      'Бүх эрх хуулиар хамгаалагдсан . Агентлагийн бичгээр өгсөн зөвшөөрөлгүйгээр хуулбарлахыг хориглоно . Өдөр тутмын бизнесийн мэдээг захиалан аваарай',
      'Бизнесийн мэдээ хэсгээс дэлгэрүүлэн уншаарай . Биднийг сошиал хаягаар дагаж редакцад саналаа илгээнэ үү',
    ],
  },
  ru: {
    space: ' ',
    stop: '.',
    topics: [
      words(
        'уголь шахта экспорт граница железная_дорога грузовик тонна договор аукцион цена порт вагон коксующийся энергетика добыча запас лицензия роялти завод медь концентрат инвестор разведка бурение месторождение',
      ),
      words(
        'банк кредит ставка валюта резерв инфляция бюджет дефицит облигация налог казначейство вклад заём инвестор фонд биржа тугрик доллар платёж кредитор ипотека аудит сбережения ликвидность курс',
      ),
      words(
        'скот скотовод пастбище зима кашемир шерсть мясо кожа рынок аймак засуха снег корм ветеринар порода экспорт бойня вакцинация коза овца лошадь верблюд кооператив молоко урожай',
      ),
      words(
        'квартира строительство цемент дорога мост отопление станция энергия сеть тендер подрядчик инженер здание разрешение район кран бетон сталь лифт школа больница трубопровод утепление кирпич съёмка',
      ),
    ],
    verbs: words(
      'увеличил сократил подписал объявил открыл отложил одобрил поддержал рассмотрел профинансировал завершил экспортировал ввёз проверил приостановил продлил запланировал обсудил опубликовал испытал поставил закупил обновил отклонил',
    ),
    qualities: words(
      'новый внутренний иностранный годовой крупный региональный частный государственный современный дополнительный временный совместный ведущий малый стратегический местный сезонный средний',
    ),
    links: words('в на с по из под после перед во_время так_как и но через без для о к от'),
    people: words('Бат-Эрдэнэ Оюунчимэг Ганболд Сарнай Тэмуулэн Энхжин Отгонбаяр Мунхбат Нарантуяа Дэлгэр Золбоо Ану'),
    places: words(
      'Улан-Баторе Дархане Эрдэнэте Ховде Замын-Ууде Даланзадгаде Чойбалсане Цогтцэции Арвайхээре Сайншанде',
    ),
    agency: [
      'сообщило министерство в своём заявлении в понедельник',
      'по данным Национального комитета статистики',
      'передаёт агентство со ссылкой на официальные данные',
      'представитель ведомства отказался от комментариев по этому вопросу',
      'решение принято на очередном заседании правительства',
      'по сравнению с аналогичным периодом прошлого года',
      'стороны договорились продолжить переговоры в следующем месяце',
      'подробности будут сообщены на пресс-конференции в конце недели',
    ],
    footers: [
      'Все права защищены . Перепечатка материала без письменного разрешения агентства запрещена . Подпишитесь на нашу ежедневную рассылку деловых новостей',
      'Читайте больше в разделе экономики . Следите за нами в социальных сетях и пишите в редакцию',
    ],
  },
  ko: {
    space: ' ',
    stop: '.',
    topics: [
      words(
        '석탄 광산 수출이 국경 철도가 트럭 톤의 계약을 경매 가격이 항구 화차 점결탄 발전 생산량 재고 면허를 로열티 제련소 구리 정광 투자자 탐사 시추 광상',
      ),
      words(
        '은행 대출이 금리가 통화 준비금 물가 예산을 적자 채권 세금 재무부 예금 신용 투자자 기금 거래소 투그릭 달러 결제 채권자 주택담보 감사 저축 유동성 환율이',
      ),
      words(
        '가축 유목민 목초지 겨울 캐시미어 양모 고기 가죽 시장 아이막 가뭄 눈이 사료 수의사 품종 수출 도축장 백신 염소 양이 말이 낙타 협동조합 우유 수확량',
      ),
      words(
        '아파트 건설 시멘트 도로 교량 난방 발전소 전력 전력망 입찰 시공사 기술자 건물 허가 지구 크레인 콘크리트 철강 승강기 학교 병원 배관 단열 벽돌 측량',
      ),
    ],
    verbs: words(
      '증가했다 감소했다 체결했다 발표했다 열었다 연기했다 승인했다 지원했다 검토했다 조달했다 완료했다 수출했다 수입했다 점검했다 중단했다 연장했다 계획했다 논의했다 공개했다 시험했다 인도했다 구매했다 갱신했다 거부했다',
    ),
    qualities: words(
      '새로운 국내 외국 연간 대형 지역 민간 공공 현대적 추가 임시 공동 선도 소규모 전략적 현지 계절 평균',
    ),
    links: words('및 그리고 그러나 또한 위해 대한 따라 이후 이전 동안 때문에 통해 없이 관련 함께 모두 다시 약'),
    people: words(
      '바트에르덴은 오윤치메그는 간볼드는 사르나이는 테무렌은 엥흐진은 오트곤바야르는 뭉흐바트는 나란투야는 델게르는',
    ),
    places: words(
      '울란바토르에서 다르항에서 에르데네트에서 호브드에서 자민우드에서 달란자드가드에서 초이발산에서 사인샨드에서',
    ),
    agency: [
      '이라고 해당 부처가 월요일 성명에서 밝혔다',
      '국가통계청 자료에 따르면',
      '통신이 공식 통계를 인용해 보도했다',
      '대변인은 이 문제에 대한 언급을 거부했다',
      '이번 결정은 정례 국무회의에서 내려졌다',
      '전년 같은 기간과 비교해',
      '양측은 다음 달 회담을 계속하기로 합의했다',
      '자세한 내용은 이번 주 기자회견에서 발표될 예정이다',
    ],
    footers: [
      '저작권자 무단 전재 및 재배포 금지 . 통신사의 서면 허가 없이 이 기사를 복제할 수 없습니다 . 매일 경제 뉴스를 구독하세요',
      '경제 섹션에서 더 많은 기사를 읽어보세요 . 소셜 미디어에서 팔로우하고 편집국에 의견을 보내주세요',
    ],
  },
  zh: {
    space: '',
    stop: '。',
    topics: [
      words(
        '煤炭 矿山 出口 边境 铁路 卡车 吨 合同 拍卖 价格 口岸 车皮 焦煤 动力煤 产量 库存 许可证 特许费 冶炼厂 铜 精矿 投资者 勘探 钻井 矿床',
      ),
      words(
        '银行 贷款 利率 货币 储备 通胀 预算 赤字 债券 税收 财政部 存款 信贷 投资者 基金 交易所 图格里克 美元 支付 债权人 按揭 审计 储蓄 流动性 汇率',
      ),
      words(
        '牲畜 牧民 牧场 冬季 羊绒 羊毛 肉类 皮革 市场 省份 干旱 降雪 饲料 兽医 品种 出口 屠宰场 疫苗 山羊 绵羊 马匹 骆驼 合作社 牛奶 收成',
      ),
      words(
        '公寓 建设 水泥 公路 桥梁 供暖 电站 电力 电网 招标 承包商 工程师 建筑 许可 城区 起重机 混凝土 钢材 电梯 学校 医院 管道 保温 砖块 测量',
      ),
    ],
    verbs: words(
      '增加了 减少了 签署了 宣布了 开放了 推迟了 批准了 支持了 审查了 资助了 完成了 出口了 进口了 检查了 暂停了 延长了 计划了 讨论了 公布了 测试了 交付了 采购了 更新了 否决了',
    ),
    qualities: words('新的 国内 外国 年度 大型 地区 私营 公共 现代 额外 临时 联合 领先 小型 战略 当地 季节性 平均'),
    links: words('的 和 在 对 以及 但是 通过 由于 之后 之前 期间 为了 与 从 向 没有 其中 约'),
    people: words('巴特额尔德尼 奥云其木格 甘博勒德 萨尔奈 特木伦 恩赫金 敖特根巴雅尔 蒙赫巴特 那仁图雅 德力格尔'),
    places: words('乌兰巴托 达尔汗 额尔登特 科布多 扎门乌德 达兰扎德嘎德 乔巴山 赛音山达'),
    agency: [
      '该部 周一 在 声明 中 表示',
      '据 国家 统计局 的 数据',
      '通讯社 援引 官方 数据 报道',
      '发言人 拒绝 就 此事 发表 评论',
      '该 决定 是 在 内阁 例行 会议 上 作出 的',
      '与 去年 同期 相比',
      '双方 同意 下个月 继续 会谈',
      '更多 细节 将 在 本周 的 新闻 发布会 上 公布',
    ],
    footers: [
      '版权 所有 。 未经 本社 书面 许可 不得 转载 本 材料 。 欢迎 订阅 我们 的 每日 商业 新闻',
      '请 在 经济 栏目 阅读 更多 内容 。 在 社交 媒体 上 关注 我们 并 向 编辑部 发送 意见',
    ],
  },
};
