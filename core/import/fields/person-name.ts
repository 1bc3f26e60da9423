// Whether a text looks like the name of a person in China.

/** The most frequent surnames of the census, some nine tenths of all people; single characters. */
const SURNAMES = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛阎闫' +
    '段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文牛庞樊兰殷施洪翟安颜倪伍骆裴章鲁葛柴俞柳岳欧申毕聂焦齐梅庄涂祝霍路阮俸柯鲍尤阳成季关耿游祁费娄童凌' +
    '米甘单柏卜项裘时管蓝卓屈蒙池阴闵冉宁仇解丛边卞麻苗晋冀缪甄鄢隋褚辛窦苟靳雍瞿仲桑房左滕桂甯景詹瞿宗楚桑佟宫鹿戚喻彦舒巫谷车全纪应蒲楼占师巩都臧郎年匡谈',
);
const DOUBLE_SURNAMES = new Set([
  '欧阳',
  '上官',
  '皇甫',
  '司马',
  '诸葛',
  '令狐',
  '司徒',
  '慕容',
  '尉迟',
  '长孙',
  '夏侯',
  '东方',
  '公孙',
  '端木',
  '澹台',
  '申屠',
]);
/** With which names of places and things end. */
const THING_ENDS = new Set(
  '村庄屯组社寨营堡沟湾坪坝岭塬滩洼川河桥路街巷道里弄园苑区楼栋幢座号院校厂局所店场镇乡县市省州站矿库塔寺庙台墩家户层室部队馆厅房式类型级族',
);

/** 2–4 Han characters that begin with a surname and end like no place; or the parts of a name joined by a dot (买买提·艾力). */
export function isPersonName(text: string): boolean {
  const characters = [...text];
  if (/^\p{Script=Han}{1,8}([··•]\p{Script=Han}{1,8})+$/u.test(text)) return true;
  if (!/^\p{Script=Han}{2,4}$/u.test(text)) return false;
  const startsWithSurname = DOUBLE_SURNAMES.has(characters.slice(0, 2).join('')) ? characters.length > 2 : isSingleSurname(characters);
  return startsWithSurname && !THING_ENDS.has(characters.at(-1) as string);
}

/** After a single surname a name has one or two characters. */
const isSingleSurname = (characters: readonly string[]): boolean => characters.length <= 3 && SURNAMES.has(characters[0] as string);
