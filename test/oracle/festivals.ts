import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, mondayOf } from './days.ts';

const calendar = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../data/playbooks/calendar-cn.json'), 'utf8'),
) as { festivals: { key: string; dates: string[] }[] };

/** Every 春节 of the calendar. */
export const springs = calendar.festivals.find(({ key }) => key === 'spring_festival')?.dates ?? [];

/** The 春节 that a period of up to six weeks touches with two weeks before and three after, from its year on. */
export function springNear(from: string, to: string, length: number): string | undefined {
  if (length > 42) return undefined;
  return springs.find((day) => addDays(mondayOf(day), -14) <= to && addDays(mondayOf(day), 27) >= from);
}

/** The first and the last day around a 春节 on which shops may be closed. */
export function closure(spring: string): { from: string; to: string } {
  return { from: addDays(spring, -7), to: addDays(spring, 14) };
}

/** Whether shops may be closed around a 春节 in a period of up to six weeks. */
export function isInClosure(from: string, to: string, length: number): boolean {
  if (length > 42) return false;
  return springs.some((spring) => closure(spring).from <= to && closure(spring).to >= from);
}
