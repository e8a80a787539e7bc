import type { CampaignsRow } from '#lib/server/reports.gen.ts';
import { amount, count, effect, money, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** Below this a cost is written to the cent; above the other a chance is not told apart from certainty, being drawn. */
const SMALL = 10;
const SURE = 0.999;

/** The ratios of a campaign, in the order of the path. */
export const ratios = ['i1', 'i2', 'i3', 'i4', 'i6'] as const;
export type Ratio = (typeof ratios)[number];

/** One ratio as it is written: its interval is null where it has none, as are hits and base where it is empty. */
export type RatioText = { readonly value: string; readonly range: string | null; readonly of: string | null };

/** Whether a text names one of the ratios. */
export function isRatio(text: string | null): text is Ratio {
  return ratios.some((ratio) => ratio === text);
}

/** A ratio with its interval and what it is of, in the reader's figures. Server only. */
export function ratioText(locale: Locale, row: CampaignsRow, ratio: Ratio): RatioText {
  const { value, hits, base, low, high } = partsOf(row, ratio);
  if (value === null || hits === null || base === null) return { value: '—', range: null, of: null };
  return {
    value: percent(locale, value),
    range: low === null || high === null ? null : percentRange(locale, low, high),
    of: word(locale, 'camp.of', { hits: count(locale, hits), of: count(locale, base) }),
  };
}

function partsOf(row: CampaignsRow, ratio: Ratio) {
  const none = { low: null, high: null };
  switch (ratio) {
    case 'i1':
      return { value: row.i1, hits: row.aware, base: row.audience, ...none };
    case 'i2':
      return { value: row.i2, hits: row.leads, base: row.aware, ...none };
    case 'i3':
      return { value: row.i3, hits: row.visits, base: row.i3_of, low: row.i3_low, high: row.i3_high };
    case 'i4':
      return { value: row.i4, hits: row.i4_hits, base: row.i4_of, low: row.i4_low, high: row.i4_high };
    case 'i6':
      return { value: row.i6, hits: row.friends, base: row.i6_of, low: row.i6_low, high: row.i6_high };
  }
}

/** Money, a difference of money, a count and a range of money as they are written; a dash for what is not known. */
export function writers(locale: Locale, currency: string) {
  const range = (low: string | null, high: string | null) =>
    low === null || high === null
      ? '—'
      : word(locale, 'camp.range', { low: effect(locale, low), high: effect(locale, high) });
  return {
    range,
    money: (sum: string | null) => (sum === null ? '—' : money(locale, currency, sum)),
    each: (cost: number | null) => {
      if (cost === null) return '—';
      return (cost < SMALL ? amount : money)(locale, currency, cost.toFixed(2));
    },
    chance: (chance: number | null) =>
      (chance ?? 0) > SURE ? word(locale, 'camp.sure') : percent(locale, chance ?? 0),
    change: (sum: string | null) => (sum === null ? '—' : effect(locale, sum)),
    count: (people: number | null) => (people === null ? '—' : count(locale, people)),
  };
}

/** What a campaign is called: its name, else its number. */
export function nameOf(locale: Locale, { campaign, name }: Pick<CampaignsRow, 'campaign' | 'name'>): string {
  if (campaign === null) return word(locale, 'camp.others');
  return campaign === 'too_few' ? word(locale, 'camp.too.few') : (name ?? campaign);
}
