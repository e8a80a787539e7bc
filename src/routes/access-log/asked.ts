import { isDay } from '#lib/ui/dates.ts';

/** What an address asks of the access log; days that are none are not asked for. */
export function askedIn(search: URLSearchParams) {
  const text = (name: string) => (search.get(name) ?? '').trim();
  const day = (name: string) => (isDay(text(name)) ? text(name) : '');
  return { who: text('who'), customer: text('customer'), from: day('from'), to: day('to') };
}
