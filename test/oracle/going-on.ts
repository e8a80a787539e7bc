import type { FunnelQuestion, Happening } from './step-question.ts';
import type { CountedAttempt } from './steps.ts';
import { wilson } from './wilson.ts';

const Z = 1.959963984540054;
const FALSE_ALARMS = 0.05;

type Verdict = 'more_than_noise' | 'within_noise' | 'too_early' | 'too_few';

/** A row of funnel_segments, by hand. */
export interface SegmentBeside {
  segment: string | null;
  base: number;
  hits: number;
  open: number;
  rate_low: number;
  compared_hits: number;
  compared_base: number;
  rest_hits: number;
  rest_base: number;
  difference: number | null;
  difference_low: number | null;
  difference_high: number | null;
  p: number | null;
  verdict: Verdict;
}

/** A row of funnel_drivers, by hand. */
export interface Driver {
  field: string;
  value: string;
  hits: number;
  base: number;
  rest_hits: number;
  rest_base: number;
  odds_ratio: number;
  odds_low: number;
  odds_high: number;
  adjusted_odds: number | null;
  adjusted_low: number | null;
  adjusted_high: number | null;
  stands_in: boolean;
  p: number | null;
  verdict: Verdict;
}

/** A row of funnel_next, by hand. */
export interface Path {
  kinds: (string | null)[];
  people: number;
  all_people: number;
  median_seconds: number | null;
}

/** Two steps of a funnel, and below how many nothing is said. */
export interface Between {
  from: number;
  to: number;
  least: number;
}

/** What is known of a lead, by field. */
export type Told = Readonly<Record<string, string | null>>;

/** The values of the segment, each beside all others (Newcombe 1998, method 10; Benjamini & Hochberg 1995). */
export function besideOthers(
  attempts: CountedAttempt[],
  question: FunnelQuestion,
  { from, to, least }: Between,
): SegmentBeside[] {
  const all = attempts.filter(({ steps }) => steps.has(from));
  const rows = [...new Set(all.map(({ segment }) => segment))].map((segment): SegmentBeside => {
    const own = all.filter((one) => one.segment === segment);
    const others = all.filter((one) => one.segment !== segment);
    const [mine, rest] = [own, others].map((list) => list.filter((one) => isOver(one, question)));
    const count = (list: CountedAttempt[] = []) => list.filter(({ steps }) => steps.has(to)).length;
    const [a, m, b, n] = [count(mine), mine?.length ?? 0, count(rest), rest?.length ?? 0];
    const interval = m > 0 && n > 0 ? newcombe(a, m, b, n) : null;
    const hits = count(own);
    return {
      segment,
      base: own.length,
      hits,
      open: own.filter(({ steps, became }) => became === 'open' && !steps.has(to)).length,
      rate_low: wilson(hits, own.length).low,
      compared_hits: a,
      compared_base: m,
      rest_hits: b,
      rest_base: n,
      difference: interval && a / m - b / n,
      difference_low: interval && interval.low,
      difference_high: interval && interval.high,
      p: Math.min(m, n) >= least ? tails(touching(a, m, b, n)) : null,
      verdict:
        Math.min(own.length, others.length) < least
          ? 'too_few'
          : Math.min(m, n) < least
            ? 'too_early'
            : 'within_noise',
    };
  });
  return called(rows);
}

/** Every value of every field beside all that have another or none, raw and within channel and store. */
export function driversOf(
  attempts: CountedAttempt[],
  question: FunnelQuestion,
  { from, to, least }: Between,
  told: (event: Happening) => Told,
): Driver[] {
  const met = attempts.flatMap((attempt) => {
    const event = attempt.took.get(from);
    return event && isOver(attempt, question) ? [{ facts: told(event), wentOn: attempt.steps.has(to) }] : [];
  });
  const values = new Map<string, [string, string]>();
  for (const { facts } of met)
    for (const [field, value] of Object.entries(facts))
      if (value !== null) values.set(`${field}=${value}`, [field, value]);
  const rows = [...values.values()].map(([field, value]): Driver => {
    const cell = (list: typeof met, has: boolean, went: boolean) =>
      list.filter(({ facts, wentOn }) => (facts[field] === value) === has && wentOn === went).length;
    const table = (list: typeof met) => ({
      a: cell(list, true, true),
      b: cell(list, true, false),
      c: cell(list, false, true),
      d: cell(list, false, false),
    });
    const { a, b, c, d } = table(met);
    const strata = Map.groupBy(met, ({ facts }) =>
      JSON.stringify(['channel', 'store'].map((name) => (name === field ? '' : (facts[name] ?? '')))),
    );
    const adjusted = mantelHaenszel([...strata.values()].map(table));
    const log = Math.log(((a + 0.5) * (d + 0.5)) / ((b + 0.5) * (c + 0.5)));
    const error = Math.sqrt([a, b, c, d].reduce((sum, n) => sum + 1 / (n + 0.5), 0));
    const enough = Math.min(a + b, c + d) >= least;
    return {
      field,
      value,
      hits: a,
      base: a + b,
      rest_hits: c,
      rest_base: c + d,
      odds_ratio: Math.exp(log),
      odds_low: Math.exp(log - Z * error),
      odds_high: Math.exp(log + Z * error),
      adjusted_odds: adjusted && Math.exp(adjusted.log),
      adjusted_low: adjusted && Math.exp(adjusted.log - Z * adjusted.error),
      adjusted_high: adjusted && Math.exp(adjusted.log + Z * adjusted.error),
      stands_in: adjusted === null || Math.abs(adjusted.log) < Z * adjusted.error,
      p: enough ? tails(Math.abs(log / error)) : null,
      verdict: enough ? 'within_noise' : 'too_few',
    };
  });
  return called(rows);
}

/** What those did next who took a step and came no further: up to three events of any kind. */
export function pathsFrom(
  attempts: CountedAttempt[],
  { step, standing }: { step: number; standing: 'all' | 'lost' | 'open' },
): Path[] {
  const left = attempts.filter(
    ({ lastStep, became }) =>
      lastStep === step && became !== 'converted' && (standing === 'all' || became === standing),
  );
  const ways = left.map(({ took, events }) => {
    const last = took.get(step);
    const later = events
      .filter((event) => last && comesAfter(event, last))
      .toSorted((a, b) => (comesAfter(a, b) ? 1 : -1))
      .slice(0, 3);
    const kinds = [0, 1, 2].map((at) => later[at]?.kind ?? null);
    return { kinds, waited: later[0] && last ? later[0].at - last.at : null };
  });
  return [...Map.groupBy(ways, ({ kinds }) => JSON.stringify(kinds)).values()].map((same) => ({
    kinds: same[0]?.kinds ?? [],
    people: same.length,
    all_people: left.length,
    median_seconds: middle(same.flatMap(({ waited }) => (waited === null ? [] : [waited]))),
  }));
}

const comesAfter = (event: Happening, other: Happening) =>
  event.at > other.at || (event.at === other.at && event.id > other.id);

/** Whether an attempt has had its whole window when the data end. */
function isOver({ took }: CountedAttempt, { window, end }: FunnelQuestion): boolean {
  const begun = [...took.values()][0]?.at ?? Infinity;
  return begun + window < end;
}

function newcombe(a: number, m: number, b: number, n: number, z = Z): { low: number; high: number } {
  const [p, q] = [a / m, b / n];
  const [first, second] = [wilson(a, m, z), wilson(b, n, z)];
  return {
    low: p - q - Math.sqrt((p - first.low) ** 2 + (second.high - q) ** 2),
    high: p - q + Math.sqrt((first.high - p) ** 2 + (q - second.low) ** 2),
  };
}

/** How many standard deviations wide the interval of a difference is that ends at 0. */
function touching(a: number, m: number, b: number, n: number): number {
  if (a * n === b * m) return 0;
  let [narrow, wide] = [0, 100];
  for (let turn = 0; turn < 100; turn += 1) {
    const z = (narrow + wide) / 2;
    const { low, high } = newcombe(a, m, b, n, z);
    if (low < 0 && high > 0) wide = z;
    else narrow = z;
  }
  return narrow;
}

/** Both tails of the normal distribution beyond z: what Simpson's rule leaves of it between −z and z. */
function tails(z: number): number {
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const parts = 2000;
  let area = density(0) + density(z);
  for (let at = 1; at < parts; at += 1) area += (at % 2 === 1 ? 4 : 2) * density((at * z) / parts);
  return 1 - (2 * area * z) / parts / 3;
}

/** Mantel & Haenszel's common odds ratio with the variance of Robins, Breslow & Greenland; null where one side is empty. */
function mantelHaenszel(
  tables: { a: number; b: number; c: number; d: number }[],
): { log: number; error: number } | null {
  const parts = tables.map(({ a, b, c, d }) => {
    const n = a + b + c + d;
    return { r: (a * d) / n, s: (b * c) / n, p: (a + d) / n, q: (b + c) / n };
  });
  const sum = (of: (one: (typeof parts)[number]) => number) =>
    parts.reduce((total, one) => total + of(one), 0);
  const [r, s] = [sum((one) => one.r), sum((one) => one.s)];
  if (r === 0 || s === 0) return null;
  const variance =
    sum(({ p, r: own }) => p * own) / (2 * r * r) +
    sum(({ p, q, r: own, s: other }) => p * other + q * own) / (2 * r * s) +
    sum(({ q, s: own }) => q * own) / (2 * s * s);
  return { log: Math.log(r / s), error: Math.sqrt(variance) };
}

/** Calls those more than noise of whom, with all that are as sure, at most a share is expected to be false alarms. */
function called<R extends { p: number | null; verdict: Verdict }>(rows: R[]): R[] {
  const ps = rows.flatMap(({ p }) => (p === null ? [] : [p]));
  const expected = (p: number) => (p * ps.length) / ps.filter((other) => other <= p).length;
  return rows.map((row) => {
    const { p } = row;
    if (p === null) return row;
    const least = Math.min(...ps.filter((other) => other >= p).map(expected));
    return least <= FALSE_ALARMS ? { ...row, verdict: 'more_than_noise' } : row;
  });
}

function middle(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}
