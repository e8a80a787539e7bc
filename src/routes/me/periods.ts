import { addDays, mondayOf } from '#lib/ui/dates.ts';
import type { Span } from './question.ts';

/** How many periods the trend shows, this one included. */
const SHOWN: Record<Span, number> = { week: 13, month: 13, quarter: 8 };

/** The first days of the period that a day lies in and of those before it, the earliest first. */
export function startsOf(span: Span, day: string): string[] {
  const starts = [startOf(span, day)];
  while (starts.length < SHOWN[span]) starts.unshift(startOf(span, addDays(starts[0] ?? day, -1)));
  return starts;
}

function startOf(span: Span, day: string): string {
  if (span === 'week') return mondayOf(day);
  const month = Number(day.slice(5, 7));
  const first = span === 'month' ? month : month - ((month - 1) % 3);
  return `${day.slice(0, 5)}${String(first).padStart(2, '0')}-01`;
}
