import { addDays } from '#lib/ui/dates.ts';
import type { ExperimentsRow } from '#lib/server/reports.gen.ts';
import type { Stage } from '#lib/stats/experiment-verdict.ts';

const DAY = 86_400_000;
/** Days that are looked at, at most. */
const LOOKS = 6;

/** Days from one day to another, both counted. */
export function daysOf(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY) + 1;
}

/** How far an experiment is on a day; with its last day it is over. */
export function stageOf({ starts_on: from, ends_on: to, running }: ExperimentsRow, asOf: string): Stage {
  const until = to !== null && to < asOf ? to : asOf;
  const daysLeft = to === null ? null : Math.max(0, daysOf(asOf, to) - 1);
  return {
    running: running && daysLeft !== 0,
    days: from === null ? 0 : Math.max(0, daysOf(from, until)),
    daysLeft,
  };
}

/** The days of an experiment that are looked at, evenly spread, at least a week apart; the last one is its last day. */
export function looksOf({ starts_on: from, ends_on: to }: ExperimentsRow, asOf: string): string[] {
  if (from === null || from > asOf) return [];
  const until = to !== null && to < asOf ? to : asOf;
  const step = Math.max(7, Math.ceil(daysOf(from, until) / LOOKS));
  const looks: string[] = [];
  for (let day = until; day > from; day = addDays(day, -step)) looks.unshift(day);
  return looks;
}
