import { lifecycle } from '#lib/server/reports.gen.ts';
import type { LifecycleParams, LifecycleRow } from '#lib/server/reports.gen.ts';
import { addDays } from '#lib/ui/dates.ts';
import type { Outcome } from './case.ts';
import { openCaseStore } from './events.ts';
import type { PublishedEvent, PublishedPeople } from './events.ts';
import { askedOf, startOf } from './retention.ts';
import type { Period, Step } from './retention.ts';

const STATES = ['new', 'returning', 'resurrecting', 'dormant'] as const;

/** A case of posthog_lifecycle.json; the README beside it says what its parts mean. */
type LifecycleCase = {
  readonly id: string;
  readonly events: Readonly<Record<string, readonly (string | Partial<PublishedEvent>)[]>>;
  readonly target?: Step;
  readonly interval?: string;
  readonly intervals: readonly string[];
  readonly week_start?: string;
  readonly timezone?: string;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly expected: Partial<Record<(typeof STATES)[number], readonly (number | null)[]>>;
};

/** Asks the report lifecycle for every case: people by period and what they are. */
export async function lifecycleCases(text: string): Promise<Outcome[]> {
  const { cases = [] } = JSON.parse(text) as { cases?: readonly LifecycleCase[] };
  const store = await openCaseStore();
  try {
    const outcomes: Outcome[] = [];
    for (const one of cases) {
      const { params, starts } = questionOf(one);
      const why = await store
        .with(
          peopleOf(one),
          async (asker) => unlike(one.expected, starts, (await lifecycle(asker, params)).rows),
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

/** Where a case names no event, all of its moments are of the same one. */
const UNNAMED = 'event';

function peopleOf({ events }: LifecycleCase): PublishedPeople {
  return Object.fromEntries(
    Object.entries(events).map(([person, own]) => [
      person,
      own.map((given) =>
        typeof given === 'string' ? { event: UNNAMED, t: given } : { event: UNNAMED, t: '', ...given },
      ),
    ]),
  );
}

/** What a case asks, as the report takes it, and the beginnings of its periods. */
function questionOf(one: LifecycleCase): { params: LifecycleParams; starts: readonly string[] } {
  const period = (one.interval ?? 'day').toLowerCase() as Period;
  const sunday = one.week_start?.toLowerCase() !== 'monday';
  const starts = one.intervals.map((moment) => startOf(moment, period, sunday, 0));
  const [first = ''] = starts;
  const last = starts.at(-1) ?? first;
  const end =
    period === 'hour' ? last.slice(0, 10) : addDays(startOf(last, period, sunday, 1).slice(0, 10), -1);
  return {
    starts,
    params: {
      ...(one.target === undefined ? { cohort: '*' } : askedOf('cohort', one.target)),
      ...(one.filter ? { conditions: JSON.stringify(one.filter) } : {}),
      period,
      week_start: sunday ? 'sunday' : 'monday',
      from: first.slice(0, 10),
      to: end,
      as_of: end,
    },
  };
}

/** Compares what is asserted; null is not. Who stayed away is published as a negative number. */
function unlike(
  published: LifecycleCase['expected'],
  starts: readonly string[],
  rows: readonly LifecycleRow[],
): string | null {
  const byStart = new Map(rows.map((row) => [row.starts_at, row]));
  for (const state of STATES) {
    const told = published[state] ?? [];
    const found = told.map((_, at) => {
      const came = byStart.get(starts[at] ?? '')?.[state] ?? 0;
      return state === 'dormant' && came !== 0 ? -came : came;
    });
    if (told.some((count, at) => count !== null && count !== found[at]))
      return `${state}: ${JSON.stringify(told)} is published, ${JSON.stringify(found)} came`;
  }
  return null;
}
