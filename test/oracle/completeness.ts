import { addDays } from './days.ts';

/** A row of a list as completeness sees it: its day, its store, and whether a column of it has a value. */
export type Marked = { day: string; store: string | null; filled: boolean };

/** What is said of one column of one list or store. */
export type Kept = {
  state: string;
  rows: number;
  filled: number;
  recent_rows: number;
  recent_filled: number;
  earlier_rows: number;
  earlier_filled: number;
  last_filled_on: string | null;
  empty_from: string | null;
  empty_rows: number;
};

/**
 * The rule of queries/reports/completeness.sql, counted row by row. `judgedTo` is the last day that is judged; `asOf`
 * the day up to which 60 weeks are looked at.
 */
export function keptOf(all: readonly Marked[], judgedTo: string, asOf: string): Kept {
  const young = all.filter(({ day }) => day > addDays(asOf, -420));
  const between = (from: string, to: string) => young.filter(({ day }) => day >= from && day <= to);
  const recent = between(addDays(judgedTo, -27), judgedTo);
  const earlier = between(addDays(judgedTo, -209), addDays(judgedTo, -28));
  const last = lastDay(young);
  const lastJudged = lastDay(young.filter(({ day }) => day <= judgedTo));
  const since =
    lastJudged === null || lastJudged <= addDays(judgedTo, -182)
      ? []
      : between(addDays(lastJudged, 1), judgedTo);
  const before = lastJudged === null ? [] : between(addDays(lastJudged, -181), lastJudged);
  const lacking = since.length * shareOf(before);
  const expected = recent.length * shareOf(earlier);
  const isFallen =
    expected > 0 && 2 * filledIn(recent) <= expected && (expected - filledIn(recent)) ** 2 >= 16 * expected;
  return {
    state: stateOf(all, lacking >= 16, isFallen),
    rows: all.length,
    filled: filledIn(all),
    recent_rows: recent.length,
    recent_filled: filledIn(recent),
    earlier_rows: earlier.length,
    earlier_filled: filledIn(earlier),
    last_filled_on: last,
    empty_from: since.map(({ day }) => day).sort()[0] ?? null,
    empty_rows: since.length,
  };
}

function stateOf(all: readonly Marked[], hasStopped: boolean, hasFallen: boolean): string {
  if (filledIn(all) === 0) return 'never';
  if (hasStopped) return 'stopped';
  if (hasFallen) return 'fallen';
  return filledIn(all) === all.length ? 'full' : 'partly';
}

function filledIn(rows: readonly Marked[]): number {
  return rows.filter(({ filled }) => filled).length;
}

function shareOf(rows: readonly Marked[]): number {
  return rows.length === 0 ? 0 : filledIn(rows) / rows.length;
}

function lastDay(rows: readonly Marked[]): string | null {
  return (
    rows
      .filter(({ filled }) => filled)
      .map(({ day }) => day)
      .sort()
      .at(-1) ?? null
  );
}
