import { addDays, mondayOf, monthOf } from './days.ts';

/** A whole week (from Monday) or month. */
export interface Bucket {
  from: string;
  to: string;
}

/** The whole weeks or months that an inclusive period touches. */
export function buckets(from: string, to: string, grain: 'week' | 'month'): Bucket[] {
  const startOf = (day: string) => (grain === 'week' ? mondayOf(day) : monthOf(day).first);
  const nextOf = (start: string) => (grain === 'week' ? addDays(start, 7) : monthOf(start).next);
  const found: Bucket[] = [];
  for (let start = startOf(from); start <= to; start = nextOf(start))
    found.push({ from: start, to: addDays(nextOf(start), -1) });
  return found;
}
