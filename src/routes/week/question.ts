import { Refusal } from '#lib/errors/refusal.ts';
import { isDay, mondayOf } from '#lib/ui/dates.ts';
import { choice, single } from '../address.ts';
import { comparisons, views } from './choices.ts';
import type { Comparison, View } from './choices.ts';

/** What the Week page was asked: the whole state of the page, as its address says it. */
export type WeekQuestion = {
  /** Monday of the week, YYYY-MM-DD; null for the last complete week. */
  week: string | null;
  compare: Comparison;
  view: View;
  store: string | null;
  channel: string | null;
};

/** Reads the page's address. Empty values count as not given. Throws Refusal bad_date or bad_choice. */
export function questionIn(address: URLSearchParams): WeekQuestion {
  const day = single(address, 'week');
  if (day !== null && !isDay(day)) throw new Refusal('bad_date', { name: 'week', value: day });
  return {
    week: day === null ? null : mondayOf(day),
    compare: choice(address, 'compare', comparisons) ?? 'previous',
    view: choice(address, 'view', views) ?? 'period',
    store: single(address, 'store'),
    channel: single(address, 'channel'),
  };
}

/** The address of the same page with some of its state changed; what stands at its default is left out. */
export function addressOf(question: WeekQuestion, change: Partial<WeekQuestion> = {}): string {
  const { week, compare, view, store, channel } = { ...question, ...change };
  const entries = Object.entries({
    week,
    compare: compare === 'previous' ? null : compare,
    view: view === 'period' ? null : view,
    store,
    channel,
  }).filter((entry): entry is [string, string] => entry[1] !== null);
  return entries.length === 0 ? '/' : `/?${new URLSearchParams(entries)}`;
}

/** The filters of a question as reports take them. */
export function filtersOf({ store, channel }: WeekQuestion): string[] {
  return [...(store === null ? [] : [`store=${store}`]), ...(channel === null ? [] : [`channel=${channel}`])];
}
