import type { TrendWords } from '#lib/charts/people-trend.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Locale } from '#lib/words/locale.ts';

/** The words that stand inside the chart of 26 weeks. */
export function trendWords(locale: Locale): TrendWords {
  return {
    leads: m['trend.leads']({}, { locale }),
    visits: m['trend.visits']({}, { locale }),
    orders: m['trend.orders']({}, { locale }),
  };
}
