import { extent } from '#lib/charts/ticks.ts';
import type { RetentionMeansRow, RetentionRow } from '#lib/server/reports.gen.ts';
import { monthName, shortRange } from '#lib/ui/dates.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { amount, count, percent, percentRange, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Measure, Period } from './question.ts';

type Asked = Readonly<Record<string, string | number | readonly string[]>>;

/** A number with what it is made of, how dark it stands, and where it opens. */
export type Cell = {
  text: string;
  /** What it is out of, its interval, and whether it can still grow. */
  about: string;
  href: string;
  /** From 0 to 1, of the largest. */
  tint: number;
  unfinished: boolean;
};

export type CohortRow = { name: string; people: { text: string; href: string }; cells: (Cell | null)[] };

/** The matrix: a row for each cohort, a column for each period since, and the means of what is finished. */
export function matrixOf(
  locale: Locale,
  currency: string,
  {
    measure,
    period,
    asked,
    nameOf,
  }: { measure: Measure; period: Period; asked: Asked; nameOf: (column: number) => string },
  rows: readonly RetentionRow[],
  means: readonly RetentionMeansRow[],
) {
  const later = rows.filter(({ period_no }) => period_no > 0);
  const columns = extent(later.map(({ period_no }) => period_no))?.high ?? 0;
  const largest = extent(later.map((row) => sizeOf(measure, row)))?.high ?? 0;
  const cell = (row: RetentionRow): Cell => ({
    text: textOf(locale, currency, measure, row),
    about: aboutOf(locale, row),
    href: figureLink('retention', columnOf(measure), asked, {
      segment: 'all',
      starts_on: row.starts_on,
      period_no: row.period_no,
    }),
    tint: largest > 0 ? sizeOf(measure, row) / largest : 0,
    unfinished: row.unfinished,
  });
  return {
    columns: Array.from({ length: columns }, (_, at) => ({ at: at + 1, name: nameOf(at + 1) })),
    rows: rows
      .filter(({ period_no }) => period_no === 0)
      .map((first): CohortRow => {
        const own = later.filter(({ starts_on }) => starts_on === first.starts_on);
        return {
          name: cohortName(locale, period, first),
          people: {
            text: count(locale, first.cohort_people),
            href: figureLink('retention', 'cohort_people', asked, {
              segment: 'all',
              starts_on: first.starts_on,
              period_no: 0,
            }),
          },
          cells: Array.from({ length: columns }, (_, at) => {
            const row = own.find(({ period_no }) => period_no === at + 1);
            return row && first.cohort_people > 0 ? cell(row) : null;
          }),
        };
      }),
    weighted: Array.from({ length: columns }, (_, at) => {
      const row = means.find(({ period_no }) => period_no === at + 1);
      return row ? meansOf(locale, currency, measure, row, asked) : null;
    }),
    simple: means
      .filter(({ period_no }) => period_no > 0)
      .map((row) => ({
        at: row.period_no,
        text: row.simple === null ? '—' : percent(locale, row.simple),
        about: rangeOf(locale, row.simple_low, row.simple_high),
      })),
    hasSimple: measure === 'share' || measure === 'people',
  };
}

/** A mean over the finished cells of a column: a share, or how much for each who entered. */
export function meansOf(
  locale: Locale,
  currency: string,
  measure: Measure,
  row: RetentionMeansRow,
  asked: Asked = {},
) {
  const column = { acts: 'acts_per_person', amount: 'amount_per_person' } as const;
  const name = measure === 'acts' || measure === 'amount' ? column[measure] : 'weighted';
  const text = {
    acts_per_person: () => (row.acts_per_person === null ? '—' : count(locale, row.acts_per_person)),
    amount_per_person: () =>
      row.amount_per_person === null ? '—' : amount(locale, currency, row.amount_per_person),
    weighted: () => (row.weighted === null ? '—' : percent(locale, row.weighted)),
  }[name]();
  return {
    text,
    people: count(locale, row.people),
    of: count(locale, row.cohort_people),
    range: rangeOf(locale, row.weighted_low, row.weighted_high),
    cohorts: row.cohorts,
    href: figureLink('retention_means', name, asked, { segment: row.segment, period_no: row.period_no }),
  };
}

function rangeOf(locale: Locale, low: number | null, high: number | null): string {
  return low === null || high === null ? '' : percentRange(locale, low, high);
}

const columnOf = (measure: Measure) => (measure === 'share' ? 'rate' : measure);

function sizeOf(measure: Measure, row: RetentionRow): number {
  if (measure === 'amount') return Number(row.amount);
  return measure === 'acts' ? row.acts : (row.rate ?? 0);
}

function textOf(locale: Locale, currency: string, measure: Measure, row: RetentionRow): string {
  switch (measure) {
    case 'share':
      return row.rate === null ? '—' : percent(locale, row.rate);
    case 'amount':
      return shortMoney(locale, currency, row.amount);
    default:
      return count(locale, row[measure]);
  }
}

function aboutOf(locale: Locale, row: RetentionRow): string {
  const parts = [
    `${count(locale, row.people)} / ${count(locale, row.cohort_people)}`,
    row.rate === null ? '' : `${percent(locale, row.rate)} (${rangeOf(locale, row.rate_low, row.rate_high)})`,
    row.unfinished ? word(locale, 'retention.unfinished') : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

function cohortName(locale: Locale, period: Period, { starts_on, ends_on }: RetentionRow): string {
  const [year = '', month = '1'] = starts_on.split('-');
  switch (period) {
    case 'week':
      return shortRange(locale, starts_on, ends_on);
    case 'month':
      return monthName(locale, starts_on);
    case 'quarter': {
      const quarter = (Number(month) + 2) / 3;
      return locale === 'en' ? `Q${quarter} ${year}` : `${year}年${quarter}季度`;
    }
    case 'year':
      return locale === 'en' ? year : `${year}年`;
  }
}
