import type { Locale } from '#lib/words/locale.ts';
import { intlTag } from './numbers.ts';

const DAY_MS = 86_400_000;
const made = new Map<string, Intl.DateTimeFormat>();

/** Whether a text is a day that exists, written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
}

/** A business day some days later (or earlier), as YYYY-MM-DD. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The Monday of the week that a day lies in. */
export function mondayOf(day: string): string {
  return addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
}

/** The last day of the month that a day lies in. */
export function lastOfMonth(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** The number of the week that begins on this Monday, as ISO 8601 counts. */
export function weekNumber(monday: string): number {
  const thursday = addDays(monday, 3);
  const newYear = `${thursday.slice(0, 4)}-01-01`;
  return Math.floor((Date.parse(thursday) - Date.parse(newYear)) / DAY_MS / 7) + 1;
}

/** A period as a heading: 16–22 November 2026, 2026年11月16–22日. */
export function period(locale: Locale, from: string, to: string): string {
  const [y1, m1, d1] = partsOf(from);
  const [y2, m2, d2] = partsOf(to);
  if (from === to) return longDay(locale, from);
  if (locale !== 'en') {
    if (y1 !== y2) return `${y1}年${m1}月${d1}日–${y2}年${m2}月${d2}日`;
    return m1 === m2 ? `${y1}年${m1}月${d1}–${d2}日` : `${y1}年${m1}月${d1}日–${m2}月${d2}日`;
  }
  if (y1 !== y2) return `${longDay(locale, from)} – ${longDay(locale, to)}`;
  const end = longDay(locale, to);
  return m1 === m2
    ? `${d1}–${end}`
    : `${d1} ${format(locale, { month: 'long' }).format(new Date(from))} – ${end}`;
}

/** A day without its year: 16 Nov, 11月16日. */
export function shortDay(locale: Locale, day: string): string {
  const [, month, date] = partsOf(day);
  if (locale !== 'en') return `${month}月${date}日`;
  return `${date} ${format(locale, { month: 'short' }).format(new Date(day)).slice(0, 3)}`;
}

/** A day without its year, with its weekday: Sun 22 Nov, 11月22日（周日）. */
export function weekday(locale: Locale, day: string): string {
  const name = weekdayName(locale, day);
  return locale === 'en' ? `${name} ${shortDay(locale, day)}` : `${shortDay(locale, day)}（${name}）`;
}

/** The short name of a day's weekday: Sun, 周日. */
export function weekdayName(locale: Locale, day: string): string {
  return format(locale, { weekday: 'short' }).format(new Date(day));
}

/** Two days without their year, as a range. */
export function shortRange(locale: Locale, from: string, to: string): string {
  if (from === to) return shortDay(locale, from);
  const sameMonth = from.slice(0, 7) === to.slice(0, 7);
  if (locale === 'en')
    return sameMonth
      ? `${partsOf(from)[2]}–${shortDay(locale, to)}`
      : `${shortDay(locale, from)} – ${shortDay(locale, to)}`;
  return sameMonth
    ? `${partsOf(from)[1]}月${partsOf(from)[2]}–${partsOf(to)[2]}日`
    : `${shortDay(locale, from)}–${shortDay(locale, to)}`;
}

/** A month with its year: Nov 2026, 2026年11月. */
export function monthName(locale: Locale, day: string): string {
  const [year, month] = partsOf(day);
  if (locale !== 'en') return `${year}年${month}月`;
  return `${format(locale, { month: 'short' }).format(new Date(day)).slice(0, 3)} ${year}`;
}

/** A day with its year: 16 November 2026, 2026年11月16日. */
export function longDay(locale: Locale, day: string): string {
  const [year, month, date] = partsOf(day);
  if (locale !== 'en') return `${year}年${month}月${date}日`;
  return `${date} ${format(locale, { month: 'long' }).format(new Date(day))} ${year}`;
}

function partsOf(day: string): [number, number, number] {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
}

function format(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = made.get(key) ?? new Intl.DateTimeFormat(intlTag(locale), { ...options, timeZone: 'UTC' });
  made.set(key, known);
  return known;
}
