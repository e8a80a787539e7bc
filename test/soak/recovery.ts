import type { TableName } from '#lib/exports/tables.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importFiles } from '#lib/server/import/import-files.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { funnel, funnelTrend } from '#lib/server/reports.gen.ts';
import { addDays } from '../oracle/days.ts';
import { withInstallation, type Installation } from '../property/installation.ts';

/** A weekly probability as it was planted, before anything was drawn. */
export interface PlantedWeek {
  week: string;
  p3: number;
  p4: number;
}

/** One weekly interval and whether the planted probability lies in it. */
export interface Interval {
  week: string;
  step: 3 | 4;
  base: number;
  low: number;
  high: number;
  planted: number;
  isCovered: boolean;
}

/** Smallest denominator whose interval is judged. */
const FEWEST = 30;

/** An installation that has imported leads, visits and orders given as CSV text, on the day after the last. */
export async function withLists<T>(
  lists: Readonly<Partial<Record<TableName, string>>>,
  lastDay: string,
  work: (app: Installation) => Promise<T>,
): Promise<T> {
  return withInstallation(addDays(lastDay, 1), async (app) => {
    const files = Object.entries(lists).map(([table, text]) => {
      const path = join(app.data, `${table}.csv`);
      writeFileSync(path, text);
      return { name: `${table}.csv`, path };
    });
    await importFiles(app, files);
    return work(app);
  });
}

/**
 * Wilson intervals of I3 and I4 of every whole week that had time to do all it will do, for journeys that began with
 * a lead, as the report funnel_trend gives them, against what was planted.
 */
export async function weeklyIntervals(
  app: Installation,
  planted: readonly PlantedWeek[],
  { firstDay, lastDay, horizonDays }: { firstDay: string; lastDay: string; horizonDays: number },
): Promise<Interval[]> {
  const weeks = new Map(planted.map((week) => [week.week, week]));
  const oldEnough = addDays(lastDay, -horizonDays);
  const { rows } = await funnelTrend(asOwner(app), {
    from: firstDay,
    to: oldEnough,
    as_of: lastDay,
    grain: 'week',
    view: 'cohort',
    where: ['kind=lead'],
  });
  return rows.flatMap((row) => {
    const week = weeks.get(row.starts_on);
    const { step_no: step, rate_base: base, rate_low: low, rate_high: high } = row;
    if (!week || row.ends_on > oldEnough || (step !== 3 && step !== 4)) return [];
    if (base === null || base < FEWEST || low === null || high === null) return [];
    const probability = step === 3 ? week.p3 : week.p4;
    const isCovered = low <= probability && probability <= high;
    return [{ week: row.starts_on, step, base, low, high, planted: probability, isCovered }];
  });
}

/** Share of the intervals of a step that cover what was planted. */
export function coverage(intervals: readonly Interval[], step: 3 | 4): { share: number; weeks: number } {
  const own = intervals.filter((interval) => interval.step === step);
  return { share: own.filter((interval) => interval.isCovered).length / own.length, weeks: own.length };
}

/** Log-odds of the rate of each value of a segment; values without a rate are left out. */
export async function logOdds(
  app: Installation,
  by: string,
  step: 3 | 4,
  { from, to, as_of, where = [] }: { from: string; to: string; as_of: string; where?: string[] },
): Promise<Map<string, number>> {
  const { rows } = await funnel(asOwner(app), {
    from,
    to,
    as_of,
    view: 'cohort',
    by,
    where: ['kind=lead', ...where],
  });
  return new Map(
    rows.flatMap(({ step_no, segment, rate }): [string, number][] =>
      step_no === step && segment !== null && rate !== null && rate > 0 && rate < 1
        ? [[segment, Math.log(rate / (1 - rate))]]
        : [],
    ),
  );
}

/** Spearman's rank correlation of two lists of pairs; ties share their mean rank. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const [x, y] = [ranks(pairs.map(([a]) => a)), ranks(pairs.map(([, b]) => b))];
  const middle = (pairs.length + 1) / 2;
  const product = (a: number[], b: number[]) =>
    a.reduce((sum, rank, place) => sum + (rank - middle) * ((b[place] ?? 0) - middle), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

function ranks(values: number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}
