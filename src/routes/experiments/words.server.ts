import type { ExperimentRow } from '#lib/server/reports.gen.ts';
import { effect, money, percent, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

const MONEY: ReadonlySet<string> = new Set(['signed', 'net', 'upsold']);

/** How figures of a metric are written: rates as shares and points, money per unit. Server only. */
export type Figures = {
  readonly value: (value: number | null) => string;
  readonly difference: (value: number | null) => string;
  /** The difference without its unit. */
  readonly bare: (value: number) => string;
  readonly range: (low: number | null, high: number | null) => string;
};

/** Whether a metric is an amount of money. */
export const isMoney = (metric: string) => MONEY.has(metric);

/** The figures of one comparison in a language; `currency` as in the settings. */
export function figuresOf(locale: Locale, currency: string, row: ExperimentRow): Figures {
  const inMoney = isMoney(row.metric);
  const bare = (value: number) =>
    inMoney ? effect(locale, value.toFixed(2)) : points(locale, value, row.difference ?? value);
  return {
    value: (value) => {
      if (value === null) return '—';
      return inMoney ? money(locale, currency, value.toFixed(2)) : percent(locale, value);
    },
    difference: (value) => {
      if (value === null) return '—';
      return inMoney ? bare(value) : word(locale, 'trial.points', { points: bare(value) });
    },
    bare,
    range: (low, high) =>
      low === null || high === null ? '—' : word(locale, 'trial.range', { low: bare(low), high: bare(high) }),
  };
}

/** A p value: three decimals, below 0.001 only that it is. */
export function pText(p: number | null): string {
  if (p === null) return '—';
  if (p < 0.001) return '< 0.001';
  return p.toFixed(p < 0.1 ? 3 : 2);
}

/** The same in a sentence, with what it is. */
export function pSaid(p: number | null): string {
  const text = pText(p);
  return text.startsWith('<') ? `p ${text}` : `p = ${text}`;
}
