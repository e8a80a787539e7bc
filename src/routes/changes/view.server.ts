import { extent } from '#lib/charts/ticks.ts';
import type { ChangeEffectRow } from '#lib/server/reports.gen.ts';
import { longDay } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { count, effect, measure as measured, money, percent, points } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import type { Measure } from './question.ts';

type Asked = {
  readonly changed_store: string;
  readonly changed_on: string;
  readonly measure: Measure;
  readonly as_of: string;
};

const frame = { width: 640, left: 8, right: 8, line: 44, top: 22, bottom: 24 };
/** Pretended changes below which none of them says anything, and the share of them that is called more than usual. */
const FEWEST = 19;
const RARE = 0.05;

/** The four answers in the reader's language and figures, ready to be laid out. Server only. */
export function changeView(
  locale: Locale,
  { currency }: { currency: string },
  asked: Asked,
  rows: readonly ChangeEffectRow[],
) {
  const figures = figuresOf(locale, currency, asked.measure);
  return {
    csv: reportLink('change_effect', asked, 'csv'),
    says: saysOf(locale, figures, asked, rows),
    picture: pictureOf(locale, figures, rows),
    rows: rows.map((row) => ({
      method: word(locale, `shift.method.${row.method}`),
      assumes: word(locale, `shift.assumes.${row.method}`),
      reason: row.reason === null ? null : word(locale, `shift.reason.${row.reason}`),
      effect: figures.change(row.effect),
      href: figureLink('change_effect', 'effect', asked, { method: row.method }),
      range: figures.range(row),
      expected: figures.value(row.was_expected),
      came: figures.value(row.came),
      weeks: row.reason === null ? `${row.weeks_before ?? 0} · ${row.weeks_after ?? 0}` : '—',
      placebos: placebosOf(locale, row),
    })),
  };
}

export type ChangeView = ReturnType<typeof changeView>;

type Figures = ReturnType<typeof figuresOf>;

function figuresOf(locale: Locale, currency: string, of: Measure) {
  const isShare = of === 'active' || of === 'bought';
  const bare = (value: number) => {
    if (isShare) return points(locale, value, 1);
    if (of === 'signed') return effect(locale, value.toFixed(2));
    return `${value > 0 ? '+' : ''}${measured(locale, value)}`;
  };
  return {
    bare,
    value: (value: number | null) => {
      if (value === null) return '—';
      if (isShare) return percent(locale, value);
      return of === 'signed' ? money(locale, currency, value.toFixed(2)) : measured(locale, value);
    },
    change: (value: number | null) => {
      if (value === null) return '—';
      return isShare ? word(locale, 'trial.points', { points: bare(value) }) : bare(value);
    },
    range: ({ low, high }: ChangeEffectRow) =>
      low === null || high === null ? '—' : word(locale, 'trial.range', { low: bare(low), high: bare(high) }),
  };
}

/** One sentence by the strongest answer that there is: more than usual needs both the interval and the pretended changes. */
function saysOf(locale: Locale, figures: Figures, asked: Asked, rows: readonly ChangeEffectRow[]): string {
  const best = rows.find(({ effect: found }) => found !== null);
  const about = {
    store: asked.changed_store,
    day: longDay(locale, asked.changed_on),
    measure: word(locale, `shift.measure.${asked.measure}`),
  };
  if (best === undefined) {
    const reason = word(locale, `shift.reason.${rows[0]?.reason ?? 'too_few_weeks'}`);
    return word(locale, 'shift.says.none', { ...about, reason });
  }
  return word(locale, `shift.says.${standingOf(best)}`, {
    ...about,
    effect: figures.change(best.effect),
    range: figures.range(best),
    placebos: count(locale, best.placebos ?? 0),
    large: count(locale, best.as_large ?? 0),
  });
}

function standingOf({ low, high, placebos, placebo_p: p }: ChangeEffectRow): 'more' | 'chance' | 'unsure' {
  if (low === null || high === null || p === null || (placebos ?? 0) < FEWEST) return 'unsure';
  return (low > 0 || high < 0) && p <= RARE ? 'more' : 'chance';
}

function placebosOf(locale: Locale, { placebos, as_large: large }: ChangeEffectRow): string {
  if (placebos === null || placebos === 0) return '—';
  return word(locale, 'shift.of', { placebos: count(locale, placebos), large: count(locale, large ?? 0) });
}

/** Hollow dots and dashed whiskers of the answers on one scale that holds 0; null without any. */
function pictureOf(locale: Locale, figures: Figures, rows: readonly ChangeEffectRow[]) {
  const found = rows.flatMap(({ method, effect: at, low, high }) =>
    at === null || low === null || high === null ? [] : [{ method, at, low, high }],
  );
  if (found.length === 0) return null;
  const { low: least, high: most } = extent(found.flatMap(({ low, high }) => [low, high, 0])) ?? {
    low: -1,
    high: 1,
  };
  const x = (value: number) =>
    frame.left + ((value - least) / (most - least || 1)) * (frame.width - frame.left - frame.right);
  const height = frame.top + found.length * frame.line + frame.bottom;
  return {
    width: frame.width,
    height,
    zero: x(0),
    ends: [least, most].map((value) => figures.bare(value)),
    marks: found.map(({ method, at, low, high }, place) => ({
      method: word(locale, `shift.method.${method}`),
      y: frame.top + (place + 0.5) * frame.line,
      x: x(at),
      from: x(low),
      to: x(high),
    })),
  };
}
