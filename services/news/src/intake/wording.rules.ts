/**
 * What pages in five languages call their parts. Matched against folded text without regard to case; a label stands at
 * the beginning of a line or after a separator in it.
 */

/** Who edited. Longer labels first: the first that fits is taken. */
export const EDITOR_LABELS = [
  'edited by', 'editing by', 'editor', 'copy editor',
  'хянан тохиолдуулсан', 'хянаж редакторласан', 'редакторласан', 'хянасан редактор', 'хянасан', 'редактор',
  'отредактировала', 'отредактировал', 'под редакцией', 'выпускающий редактор', 'редактор материала',
  '편집자', '편집', '에디터', '데스크',
  '责任编辑', '本文编辑', '编辑', '责编',
]; // biome-ignore format: a table

/** Who wrote. */
export const AUTHOR_LABELS = [
  'written by', 'reporting by', 'reported by', 'story by', 'text by', 'words by', 'authors', 'author', 'by',
  'мэдээг бэлтгэсэн', 'нийтлэлийг бичсэн', 'бэлтгэсэн', 'бичсэн', 'сурвалжилсан', 'ярилцсан', 'сурвалжлагч', 'зохиогч', 'нийтлэлч', 'сэтгүүлч',
  'автором', 'автор материала', 'автор текста', 'автор статьи', 'подготовила', 'подготовил', 'рассказывает', 'беседовала', 'беседовал', 'записала', 'записал', 'корреспондент', 'авторы', 'автор', 'текст',
  '작성자', '글쓴이', '기자명', '취재', '글',
  '本报记者', '特约记者', '通讯员', '文字记者', '记者', '作者', '撰文', '撰稿', '文',
]; // biome-ignore format: a table

/** Where it comes from. */
export const SOURCE_LABELS = [
  'original source', 'source', 'first published by', 'first appeared in', 'originally appeared in', 'originally appeared on', 'впервые опубликовано в', '首发于', '本文首发于', '本文原载于', '原载于', 'first published in', 'first published on', 'originally published by', 'originally published on', 'originally published in', 'originally posted on', 'reprinted with permission from', 'republished with permission from', 'reprinted from', 'republished from', 'reproduced from', 'adapted from', 'courtesy of', 'via',
  'мэдээний эх сурвалж', 'мэдээллийн эх сурвалж', 'эх сурвалж', 'сурвалж', 'по материалам газеты', 'по материалам журнала', 'по материалам сайта', 'по материалам', 'по сообщению газеты', 'перепечатано из газеты', 'перепечатано из журнала', 'перепечатано из', 'впервые опубликовано на', 'оригинал', 'эх үүсвэр', 'первоисточник', 'источник',
  '출처', '원문 출처', '원문', '자료출처', '자료 출처', '消息来源', '新闻来源', '文章来源', '来源', '稿源', '本文转载自', '转载自', '转自', '来自', '摘自', '原载', '本文来源', '原文出处', '出处',
]; // biome-ignore format: a table

/** When it was published. */
export const PUBLISHED_LABELS = [
  'first published', 'published by', 'published date', 'publication date', 'date published', 'published on', 'published at', 'published', 'posted on', 'posted', 'release date', 'date',
  'нийтэлсэн огноо', 'нийтлэгдсэн огноо', 'нийтэлсэн', 'нийтлэгдсэн', 'нийтлэсэн', 'оруулсан', 'огноо',
  'дата публикации', 'опубликована', 'опубликовано', 'дата', 'размещено',
  '기사입력', '입력시간', '입력', '등록일시', '등록일', '등록', '게시일', '발행일', '승인', '작성일',
  '发布时间', '发布日期', '发表时间', '发表于', '发布于', '发布', '日期', '时间',
]; // biome-ignore format: a table

/** When it was changed since: never the day of publication. */
export const UPDATED_LABELS = [
  'last updated', 'last modified', 'updated on', 'updated', 'modified', 'шинэчлэгдсэн', 'шинэчилсэн', 'засварласан', 'обновлено', 'изменено',
  '최종수정', '최종 수정', '수정', '更新时间', '更新于', '更新', '最后更新', 'archived', 'accessed', 'retrieved', 'printed',
]; // biome-ignore format: a table

export const HEADLINE_LABELS = ['title', 'headline', 'subject', 'гарчиг', 'заголовок', '제목', '标题']; // biome-ignore format: a table

/** Credits that are neither writing nor editing. */
export const OTHER_CREDITS = [
  'photo by', 'photos by', 'photographs by', 'photography by', 'pictures by', 'illustrations by', 'photo', 'photos', 'image', 'images', 'picture', 'translated by', 'translation', 'illustration', 'graphic', 'caption', 'video',
  'гэрэл зураг', 'гэрэл зургийг', 'зураг', 'фото', 'орчуулсан', 'орчуулга', 'видео', 'перевод', 'иллюстрация', 'снимок', 'на фото',
  '사진 제공', '사진제공', '사진', '번역', '영상', '그래픽', '翻译', '摄影', '图片来源', '图片', '图', '摄', '视频', '校对', '审核', '监制',
]; // biome-ignore format: a table

/** Words after which only other stories follow. */
export const RELATED_WORDS = [
  'related articles', 'related stories', 'related news', 'related', 'read next', 'more from .{1,40}', 'more stories', 'you may also like', 'most read', 'most popular', 'latest news', 'recommended( for you)?', 'trending( now)?', 'recent posts', 'comments?', 'leave a (comment|reply)', '\\d+ comments?',
  'холбоотой мэдээ', 'холбоотой', 'төстэй мэдээ', 'санал болгох( мэдээ)?', 'их уншсан', 'их уншсан мэдээ', 'шинэ мэдээ', 'бусад мэдээ', 'сэтгэгдэл.{0,20}', 'сэтгэгдэл бичих',
  'читайте также', 'по теме', 'похожие( материалы| статьи| новости)?', 'другие новости', 'самое читаемое', 'последние новости', 'комментарии.{0,10}', 'материалы по теме', 'новости по теме',
  '관련 ?기사', '관련 ?뉴스', '많이 본 (뉴스|기사)', '인기 ?기사', '최신 ?기사', '추천 ?(기사|뉴스)', '댓글.{0,8}', '이 시각 (주요)?뉴스',
  '相关(阅读|新闻|文章|推荐|报道)', '热门(文章|新闻|推荐)?', '猜你喜欢', '推荐阅读', '延伸阅读', '最新(新闻|文章)', '(网友)?评论.{0,8}', '更多(新闻|文章)',
]; // biome-ignore format: a table

/** Whole lines that belong to the page and not to its article. */
export const BANNER_WORDS = [
  '(tel|phone|call us)[.:] .{1,60}', '.{0,60}(powered|built|hosted) (by|on|with) .{1,60}', 'home', 'home\\s?[>»/].{0,80}', 'photo(graph)?s? by .{1,60}', '(pictures|photography|illustrations?) by .{1,60}', 'about( us)?', 'contacts?( us)?', 'menu', 'search.{0,12}', 'log ?in', 'sign (in|up|out).{0,12}', 'register', 'subscribe.{0,60}', 'share.{0,40}', 'advertisement', 'advertising', 'sponsored( content)?', 'promoted', 'ad', 'skip to.{0,30}', 'back to.{0,20}', 'print( this)?.{0,12}', 'e-?mail( this)?', 'read (more|also|on).{0,120}', 'also read.{0,120}', 'see also.{0,120}', 'continue reading.{0,30}', 'story continues below.{0,30}', 'follow us.{0,40}', 'newsletters?.{0,60}', 'get (our|the) .{0,60}', 'download .{0,40}app.{0,30}', 'tags?:? .{1,160}', 'topics?: .{1,160}', 'categor(y|ies): .{1,160}', 'filed under.{1,120}', 'privacy( policy)?', 'terms.{0,30}', 'cookies?( policy| settings)?', 'we use cookies.{0,400}', 'this (web)?site uses cookies.{0,400}', 'accept( all)?( cookies)?', '.{0,80}all rights reserved.{0,160}', '(copyright|©|\\(c\\)) .{0,200}', 'listen( to this article)?.{0,20}', '\\d+ min(ute)?s? read', '[\\d,.]+[km]? (views?|shares?|reads?)', 'loading.{0,5}', 'live', 'breaking( news)?', 'facebook', 'twitter', 'telegram', 'whats ?app', 'instagram', 'youtube', 'linkedin', 'x', 'rss', 'en|mn|ru|ko|zh', 'english|mongolian|монгол|русский|한국어|中文|english version',
  'нүүр( хуудас)?', '(нүүр|эхлэл)( хуудас)?\\s?[>/»|].{0,80}', 'нүүр(\\s+\\S{1,14}){3,8}', 'эхлэл', 'бидний тухай', 'холбоо барих', 'цэс', 'хайх', 'хайлт.{0,10}', 'нэвтрэх', 'бүртгүүлэх', 'зар', 'зар сурталчилгаа', 'сурталчилгаа', 'хуваалцах.{0,30}', 'дэлгэрэнгүй.{0,20}', 'мөн унших?.{0,120}', 'бас унших?.{0,120}', 'уншаарай.{0,120}', 'хэвлэх', 'илгээх', 'мэдээлэл авах.{0,40}', 'захиалах.{0,40}', 'дагаарай.{0,40}', '.{0,80}бүх эрх.{0,12}(хуулиар )?хамгаалагд.{0,60}', 'зохиогчийн эрх.{0,120}', 'үзсэн:? ?\\d+', 'утас:? .{1,80}', 'шошго:? .{1,160}', 'түлхүүр үг:? .{1,160}', '\\d+ (үзсэн|удаа үзсэн)',
  'тел(ефон)?[.:] .{1,60}', 'главная', 'главная\\s?[>»/→].{0,80}', 'фото (автора|из архива.{0,40})', 'о нас', 'о проекте', 'контакты', 'меню', 'поиск', 'войти', 'вход', 'регистрация', 'подпи(саться|шитесь).{0,80}', 'поделиться.{0,40}', 'реклама', 'на правах рекламы', 'читать (далее|полностью|ещё).{0,20}', 'читайте (также|ещё).{0,160}', 'теги?:? .{1,160}', 'метки:? .{1,160}', 'распечатать', 'версия для печати', 'наверх', '.{0,80}все права защищены.{0,160}', 'мы используем (файлы )?cookie.{0,300}', 'политика конфиденциальности', 'просмотр(ов|ы):? ?[\\d ]+', '[\\d ]+ просмотр(ов|а)?', 'при (полном или частичном )?использовании материалов.{0,200}', 'новости', 'в мире',
  '(대표)?전화 ?:? .{1,60}', '홈', '홈\\s?[>»].{0,60}', '홈(\\s+\\S{1,6}){2,8}', '메뉴', '검색', '로그인', '회원가입', '구독.{0,30}', '공유.{0,20}', '광고', '본문 ?바로가기', '글자 ?크기.{0,12}', '인쇄', '스크랩', '목록', '이전.{0,20}', '다음.{0,20}', '기사 ?제보.{0,60}', '페이스북', '트위터', '카카오톡', '.{0,60}무단 ?(전재|복제).{0,60}', '(저작권|ⓒ).{0,80}', '<저작권.{0,80}>', '조회(수)? ?:?[\\d, ]+', '태그:? .{1,100}', '#\\S+( #\\S+)*', '회사 ?소개', '개인정보.{0,12}', '이용약관', '전체 ?기사',
  '(电话|热线): ?.{1,60}', '首页', '首页\\s?[>»].{0,60}', '首页(\\s+\\S{1,6}){2,8}', '(您的|您现在的|当前|所在)位置.{0,60}', '登录', '注册', '搜索', '广告', '分享.{0,20}', '打印', '收藏', '字号.{0,12}', '返回(顶部|首页)', '扫一扫.{0,40}', '关注我们.{0,20}', '订阅.{0,20}', '关于我们', '联系我们', '网站地图', '.{0,60}版权所有.{0,80}', '.{0,40}未经(授权|许可).{0,80}', '(原标题|关键词|标签):.{0,120}', '阅读(量|数|次数)?:? ?\\d+', '微信', '微博', '手机版', '客户端', '点击(查看|进入).{0,20}', '免责声明.{0,160}', '.{0,20}京ICP备.{0,40}',
]; // biome-ignore format: a table

/** Agencies and portals that sign a text in its first line. */
export const AGENCIES = [
  'montsame', 'монцамэ', 'xinhua', 'yonhap', 'reuters', 'associated press', 'ap', 'afp', 'tass', 'тасс', 'риа новости', 'интерфакс', 'interfax', 'bloomberg', 'kyodo', 'dpa', 'ikon', 'акипресс', 'akipress', 'синьхуа', 'ренхап', 'рейтер', 'эрдэм',
  '연합뉴스', '뉴스1', '뉴시스', '이데일리', '머니투데이', '파이낸셜뉴스', '매일경제', '한국경제',
  '新华社', '新华网', '中新社', '中新网', '中国新闻网', '人民网', '央视新闻', '环球网', '新华财经', '蒙通社',
]; // biome-ignore format: a table
