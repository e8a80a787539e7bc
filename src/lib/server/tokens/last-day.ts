import { USUAL_TERM } from '#lib/access/token-terms.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { addDays, isDay } from '#lib/ui/dates.ts';

/** Days that a token may be accepted at the most, unless it is never to end. */
const MOST_DAYS = 3650;

/**
 * The last day on which a token is accepted (YYYY-MM-DD, in UTC), from how somebody wrote it: a day, a number of days, or
 * `never`, which gives null. Whoever writes nothing gets the usual term. Throws Refusal bad_token_end.
 */
export function lastDayIn(written: string, now: Date): string | null {
  const text = written.trim() || USUAL_TERM;
  if (text === 'never') return null;
  if (isDay(text)) return text;
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (days < 1 || days > MOST_DAYS) throw new Refusal('bad_token_end', { value: written, most: MOST_DAYS });
  return addDays(now.toISOString().slice(0, 10), days);
}
