import { headerKeyWithoutRemark } from './header-text.ts';

/** 门市 is the saleswoman in a studio's mouth and the shop in everybody else's. */
const headersOfBoth = new Set(['门市', '門市']);

/** Whether a header may mean the saleswoman or the store, so that its values must decide. */
export function isSellerOrStore(header: string): boolean {
  return headersOfBoth.has(headerKeyWithoutRemark(header));
}

/** Names that are known already, compared as they are written. */
export type KnownNames = { stores: ReadonlySet<string>; staff: ReadonlySet<string> };

/** Share of the distinct values that must agree. */
const AGREEMENT = 0.8;

/**
 * Decides by a column's values whether it is the saleswoman (`staff_id`) or the store; null when they do not tell.
 * Stores are known ones and names ending in 店; people are known staff and what looks like a Chinese name.
 */
export function sellerOrStore(values: Iterable<string>, known: KnownNames): 'staff_id' | 'store' | null {
  const distinct = [...new Set([...values].map((value) => value.trim()).filter((value) => value !== ''))];
  const isStore = (value: string) => known.stores.has(value) || value.endsWith('店');
  const stores = distinct.filter(isStore).length;
  const people = distinct.filter(
    (value) => !isStore(value) && (known.staff.has(value) || looksLikeAPerson(value)),
  ).length;
  if (distinct.length === 0) return null;
  if (stores / distinct.length >= AGREEMENT) return 'store';
  if (people / distinct.length >= AGREEMENT) return 'staff_id';
  return null;
}

const surnames =
  '王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦季俞章鲁魯葛伍韦韋申尤毕畢聂聶丛叢焦向柳邢路岳齐齊梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强強柴华華车車冉房边邊辜吉饶饒瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮来來嵺苟全褚廉简簡娄婁盖蓋符奚木穆党燕郎邸冀谈談姬屠连連郜晏栾欒郁商蒙计計喻窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井练練仲乐樂虞卞封竺冼原官衣楚佟栗匡宗应應台巫鞠僧桑荆荊谌諶银銀扬揚明沙伏岑习習胥保和蔺藺';
const person = new RegExp(
  `^(?:[${surnames}]|欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|皇甫|尉迟|尉遲|慕容)\\p{Script=Han}{1,2}$`,
  'u',
);
const nickname =
  /^(?:[小阿老]\p{Script=Han}{1,2}|\p{Script=Han}{1,2}[姐哥妹]|\p{Script=Han}{1,3}(?:小姐|老师|老師))$/u;
/** Characters that end the names of places far oftener than those of people. */
const placeEnd = /[店馆館路街区區城镇鎮村港湖桥橋北南西门門口场場]$/u;

function looksLikeAPerson(value: string): boolean {
  return !placeEnd.test(value) && (person.test(value) || nickname.test(value));
}
