import { dayText, month, type Day } from './calendar.ts';
import { between, happens, logNormal, oneOf, weighted, type Random } from './random.ts';

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const women = [...'婷静雪丽娜敏颖洁琳慧萌欣怡佳雯瑶倩梦晴璐'];
const men = [...'伟强磊洋勇军杰涛明超浩宇鹏飞凯俊博文哲轩'];

const name = (random: Random, given: readonly string[]): string =>
  oneOf(random, surnames) + oneOf(random, given) + (happens(random, 0.45) ? oneOf(random, given) : '');

/** An invented woman's name. */
export const bride = (random: Random): string => name(random, women);
/** An invented man's name. */
export const groom = (random: Random): string => name(random, men);

/** A telephone number that cannot exist: mobile numbers in China begin with 13 to 19, these with 100. */
export const phone = (number: number): string => `100${String(number).padStart(8, '0')}`;

export const district = (random: Random): string =>
  weighted(random, { 鼓楼区: 24, 江滨区: 22, 北城区: 20, 东门区: 18, 大学城: 10, 外地: 6 });

/** The city of a district; who lives elsewhere mostly lives near. */
export const city = (random: Random, district: string): string =>
  district === '外地' ? weighted(random, { 临江市: 5, 云山县: 3, 青浦镇: 2 }) : '江城';

export const ageGroup = (random: Random): string =>
  weighted(random, { '18-24': 22, '25-29': 46, '30-34': 22, '35+': 10 });

export const budget = (random: Random): string =>
  weighted(random, { '4000以下': 22, '4000-6000': 42, '6000-8000': 25, '8000以上': 11 });

/** A wedding some months after a day, mostly in spring or autumn, mostly at a weekend. */
export function weddingDay(random: Random, from: Day): string {
  let day = from;
  for (let tries = 0; tries < 4; tries += 1) {
    day = from + 40 + Math.floor(logNormal(random, 150, 0.5));
    if ([4, 5, 9, 10, 11, 1].includes(month(day))) break;
  }
  return dayText(happens(random, 0.7) ? day + ((12 - ((day + 3) % 7)) % 7) : day);
}

/** A birthday of somebody of marrying age on a day. */
export const birthday = (random: Random, day: Day): string =>
  dayText(day - Math.floor(365.25 * (21 + 6 * random.next() + 7 * random.next())) - between(random, 0, 30));
