import { fateOf } from '#lib/charts/fate.ts';
import type { FateMark } from '#lib/charts/fate.ts';
import type { FunnelStepsRow } from '#lib/server/reports.gen.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { count, money, percent, percentRange } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { spanName } from '#lib/words/span.ts';
import { hueOf } from './names.ts';
import type { Asked, BuilderQuestion } from './question.ts';

/** A number and the link that opens it. */
export type Opened = { text: string; href: string };

export type BarRow = {
  no: number;
  name: string;
  optional: boolean;
  hue: number;
  mark: FateMark | null;
  people: Opened;
  /** Of those who entered. */
  rate: string;
  interval: string | null;
  /** Of those who took the step before. */
  onward: string | null;
  /** Still open at this step, and lost at it; null in the period view. */
  openHere: Opened | null;
  lostHere: Opened | null;
  wait: string | null;
  amount: string | null;
};

export type BarsView = {
  rows: BarRow[];
  /** What the sentence above the bars says; null where nobody entered. */
  find: {
    entered: string;
    arrived: string;
    rate: string;
    interval: string | null;
    lost: string | null;
    open: string | null;
    last: string;
  } | null;
  /** Fewer entered than anything can be said of. */
  tooFew: boolean;
  isPeriod: boolean;
  /** There is nothing to go on to. */
  isSingle: boolean;
  hasMoney: boolean;
};

/** Below this many a rate says next to nothing; the interval stays. */
const FEW = 10;

/** The steps of the funnel as bars of those who entered. */
export function barsView(
  locale: Locale,
  currency: string,
  question: BuilderQuestion,
  asked: Asked,
  names: readonly string[],
  rows: readonly FunnelStepsRow[],
): BarsView {
  const { view, count: counted } = question;
  const isPeriod = view === 'period';
  const opened = (row: FunnelStepsRow, column: 'people' | 'open_here' | 'lost_here'): Opened => ({
    text: count(locale, row[column] ?? 0),
    href: figureLink('funnel_steps', column, { ...asked, view }, { step_no: row.step_no }),
  });
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    rows: rows.map((row, at) => ({
      no: row.step_no,
      name: names[at] ?? '',
      optional: row.optional,
      hue: hueOf(row.step_no),
      mark: fateOf({ people: row.people, open: row.open_before ?? 0, entered: row.entered }, intervalOf(row)),
      people: opened(row, 'people'),
      rate: row.rate === null ? '—' : percent(locale, row.rate),
      interval: rangeOf(locale, intervalOf(row)),
      onward: at === 0 || row.from_previous === null ? null : percent(locale, row.from_previous),
      openHere: isPeriod || row.optional || at === rows.length - 1 ? null : opened(row, 'open_here'),
      lostHere: isPeriod || row.optional || at === rows.length - 1 ? null : opened(row, 'lost_here'),
      wait: row.median_seconds === null ? null : spanName(locale, row.median_seconds),
      amount: counted === 'money' && row.amount !== null ? money(locale, currency, row.amount) : null,
    })),
    find:
      first === undefined || last === undefined || last.entered === 0
        ? null
        : {
            entered: count(locale, last.entered),
            arrived: count(locale, last.people),
            rate: last.rate === null ? '—' : percent(locale, last.rate),
            interval: rangeOf(locale, intervalOf(last)),
            lost: last.lost_before === null ? null : count(locale, last.lost_before),
            open: last.open_before === null ? null : count(locale, last.open_before),
            last: names.at(-1) ?? '',
          },
    tooFew: (last?.entered ?? 0) < FEW,
    isPeriod,
    isSingle: rows.length === 1,
    hasMoney: counted === 'money',
  };
}

/** The interval of a row's rate; none where everybody took the step by entering with it. */
export function intervalOf({ step_no, people, entered, rate_low, rate_high }: FunnelStepsRow): Interval {
  return step_no === 1 && people === entered ? { low: null, high: null } : { low: rate_low, high: rate_high };
}

type Interval = { low: number | null; high: number | null };

/** The interval of a rate in words; null without one. */
export function rangeOf(locale: Locale, { low, high }: Interval): string | null {
  return low === null || high === null ? null : percentRange(locale, low, high);
}
