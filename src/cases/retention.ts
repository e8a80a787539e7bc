import { retention } from '#lib/server/reports.gen.ts';
import type { RetentionParams } from '#lib/server/reports.gen.ts';
import { addDays, mondayOf } from '#lib/ui/dates.ts';
import type { Outcome } from './case.ts';
import { openCaseStore } from './events.ts';
import type { PublishedEvent, PublishedPeople } from './events.ts';

/** An event that a case asks for; null is any. */
export type Step =
  string | null | { readonly event: string | null; readonly props?: Readonly<Record<string, unknown>> };

/** Lengths of the periods of published cases. */
export type Period = 'hour' | 'day' | 'week' | 'month';

/** A case of posthog_retention.json; the README beside it says what its parts mean. */
export type RetentionCase = {
  readonly id: string;
  readonly events: readonly (PublishedEvent & { readonly person: string })[];
  readonly period?: string;
  readonly total_intervals?: number;
  readonly date_to?: string;
  readonly first_interval?: string;
  readonly target?: Step;
  readonly returning?: Step;
  readonly type?: string;
  readonly minimum_occurrences?: number;
  readonly week_start?: string;
  readonly timezone?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly expected_triangle: readonly (readonly (number | null)[])[];
};

/** What is asked for where a case names no event. */
const USUAL = '$pageview';
/** Words that the report understands by themselves, so that an event of that name is asked for by a condition. */
const KNOWN = ['*', 'any', 'order', 'upsell', 'visit', 'referral', 'lead'];

/** Asks the report retention for every case: people by period of entry and period since. */
export async function retentionCases(text: string): Promise<Outcome[]> {
  const { cases = [] } = JSON.parse(text) as { cases?: readonly RetentionCase[] };
  const store = await openCaseStore();
  try {
    const outcomes: Outcome[] = [];
    for (const one of cases) {
      const question = questionOf(one);
      const why = await store
        .with(
          peopleOf(one),
          async (asker) => {
            const { rows } = await retention(asker, question.params);
            const came = new Map(rows.map((row) => [`${row.starts_at} ${row.period_no}`, row.people]));
            return unlike(one.expected_triangle, (row, column) => {
              const start = question.starts[row];
              return (start === undefined ? undefined : came.get(`${start} ${column}`)) ?? 0;
            });
          },
          one.timezone,
        )
        .catch(String);
      outcomes.push({ id: one.id, why });
    }
    return outcomes;
  } finally {
    await store.close();
  }
}

function peopleOf({ events }: RetentionCase): PublishedPeople {
  const people = Object.groupBy(events, ({ person }) => person);
  return Object.fromEntries(Object.entries(people).map(([person, own = []]) => [person, own]));
}

/** What a case asks, as the report takes it, and the beginnings of its rows. */
export function questionOf(one: RetentionCase): { params: RetentionParams; starts: readonly string[] } {
  const period = (one.period ?? 'Day').toLowerCase() as Period;
  const sunday = one.week_start?.toLowerCase() !== 'monday';
  const rows = one.total_intervals ?? one.expected_triangle.length;
  const last =
    one.date_to ??
    one.events
      .map(({ t }) => t)
      .toSorted()
      .at(-1) ??
    '2000-01-01';
  const first = one.first_interval ?? startOf(last, period, sunday, 1 - rows);
  const starts = Array.from({ length: rows }, (_, at) => startOf(first, period, sunday, at));
  const end = addDays(startOf(first, period, sunday, rows).slice(0, 10), period === 'hour' ? 0 : -1);
  const lastDay = period === 'hour' ? (starts.at(-1) ?? end).slice(0, 10) : end;
  const type = one.type ?? 'recurring';
  return {
    starts,
    params: {
      ...askedOf('cohort', one.target),
      ...askedOf('return', one.returning),
      ...(one.filter ? { conditions: JSON.stringify(one.filter) } : {}),
      at_least: one.minimum_occurrences ?? 1,
      entry: type === 'first_time' ? 'first_time' : 'recurring',
      mode: type === 'rolling' ? 'on_or_after' : 'on',
      period,
      week_start: sunday ? 'sunday' : 'monday',
      periods: Math.max(0, rows - 1),
      from: first.slice(0, 10),
      to: lastDay,
      as_of: lastDay,
    },
  };
}

/** An asked event as the report takes it. */
export function askedOf(side: 'cohort' | 'return', step: Step | undefined): Partial<RetentionParams> {
  const { event, props = {} } = typeof step === 'object' && step !== null ? step : { event: step };
  const kind = event === undefined ? USUAL : event;
  const isKnown = kind !== null && KNOWN.includes(kind);
  const where = { ...props, ...(isKnown ? { kind } : {}) };
  return {
    [side]: kind === null || isKnown ? '*' : kind,
    ...(Object.keys(where).length > 0 ? { [`${side}_where`]: JSON.stringify(where) } : {}),
  };
}

/** The beginning of the period so many after the one that holds a moment, as the report writes it. */
export function startOf(moment: string, period: Period, sunday: boolean, later: number): string {
  const day = moment.slice(0, 10);
  switch (period) {
    case 'hour': {
      const hour = new Date(`${day}T${moment.slice(11, 13).padStart(2, '0')}:00:00Z`).getTime();
      return new Date(hour + later * 3_600_000).toISOString().slice(0, 19);
    }
    case 'day':
      return `${addDays(day, later)}T00:00:00`;
    case 'week': {
      const monday = sunday ? addDays(mondayOf(addDays(day, 1)), -1) : mondayOf(day);
      return `${addDays(monday, 7 * later)}T00:00:00`;
    }
    case 'month': {
      const [year = 2000, month = 1] = day.split('-').map(Number);
      return `${new Date(Date.UTC(year, month - 1 + later, 1)).toISOString().slice(0, 10)}T00:00:00`;
    }
  }
}

/** Compares what is asserted; null is not. */
function unlike(
  published: RetentionCase['expected_triangle'],
  came: (row: number, column: number) => number,
): string | null {
  for (const [row, cells] of published.entries()) {
    const found = cells.map((_, column) => came(row, column));
    if (cells.some((cell, column) => cell !== null && cell !== found[column]))
      return `row ${row}: ${JSON.stringify(cells)} is published, ${JSON.stringify(found)} came`;
  }
  return null;
}
