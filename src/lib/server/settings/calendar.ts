import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '#lib/words/locale.ts';
import { projectRoot } from '../project.ts';

/** A day that people go by, with its name in every language. */
export type Festival = { key: string; names: Record<Locale, string>; day: string };

type Calendar = { festivals: { key: string; names: Record<Locale, string>; dates: string[] }[] };

let known: readonly Festival[] | undefined;

/** The festivals of the calendar that fall on one of these days (YYYY-MM-DD, both inclusive), in their order. */
export function festivalsIn(from: string, to: string): Festival[] {
  known ??= readCalendar(join(projectRoot(), 'data', 'playbooks', 'calendar-cn.json'));
  return known.filter(({ day }) => day >= from && day <= to);
}

function readCalendar(file: string): Festival[] {
  const { festivals } = JSON.parse(readFileSync(file, 'utf8')) as Calendar;
  return festivals
    .flatMap(({ key, names, dates }) => dates.map((day) => ({ key, names, day })))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}
