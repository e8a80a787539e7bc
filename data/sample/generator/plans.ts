import { dayOf, dayText, instantText, monday, type Day } from './calendar.ts';
import type { Journey } from './journeys.ts';
import { expectedLeads, present } from './mix.ts';
import type { Parameters } from './parameters.ts';
import type { Role } from './staff.ts';
import { stores, type Store } from './studio.ts';
import { numbered, type Cell, type Tables, type Table } from './tables.ts';

/** The trials and which variant each lead in them got. */
export function trialTables({ trials }: Parameters, journeys: Journey[]): Tables {
  return {
    experiments: {
      columns: ['experiment_id', 'name', 'unit', 'metric', 'hypothesis', 'variants', 'starts_on', 'ends_on'],
      rows: trials.map(({ id, name, metric, hypothesis, from, to }) => [
        id,
        name,
        'lead',
        metric,
        hypothesis,
        'usual:50, tried:50',
        from,
        to,
      ]),
    },
    assignments: {
      columns: ['experiment_id', 'unit', 'variant', 'assigned_at'],
      rows: journeys.flatMap((journey, number) =>
        journey.trials.map(({ id, tried }): Cell[] => [
          id,
          numbered('L', 5, number),
          tried ? 'tried' : 'usual',
          instantText(journey.created),
        ]),
      ),
    },
  };
}

/** What a store plans for a month around a week: round numbers a little above what is usual. */
function planOf(parameters: Parameters, store: Store, week: Day): { leads: number; signed: number } {
  const leads = expectedLeads(parameters, week) * parameters.stores[store].share * 4.35 * 1.05;
  return { leads: Math.round(leads / 5) * 5, signed: Math.round((leads * 0.21 * 6000) / 5000) * 5000 };
}

/** Plans for leads and signed money, each store and month. */
const storeTargets = (parameters: Parameters, period: string, week: Day): Cell[][] =>
  stores.flatMap((store) => {
    const { leads, signed } = planOf(parameters, store, week);
    return [
      ['leads', store, period, leads],
      ['signed', store, period, signed],
    ];
  });

/** What the store plans, divided among its sellers by their load; and what is to be sold at viewings. */
const peopleTargets = (parameters: Parameters, period: string, week: Day): Cell[][] =>
  stores.flatMap((store) => {
    const { signed } = planOf(parameters, store, week);
    const part = (role: Role, metric: string, plan: number, step: number): Cell[][] => {
      const people = present(parameters, role, store, week);
      const loads = people.reduce((sum, { load }) => sum + load, 0);
      return people.map(({ id, load }) => [
        metric,
        id,
        period,
        Math.round((plan * load) / loads / step) * step,
      ]);
    };
    return [...part('seller', 'signed', signed, 5000), ...part('viewing', 'upsold', signed * 0.27, 1000)];
  });

/** Plans of each store for every month, and of its people for those of the last year. */
export function targetsTable(parameters: Parameters): Table {
  const rows: Cell[][] = [];
  const last = dayOf(parameters.last_day);
  const months = new Set<string>();
  for (let day = dayOf(parameters.first_day); day <= last; day += 1) months.add(dayText(day).slice(0, 7));
  for (const period of months) {
    const week = monday(dayOf(`${period}-15`));
    rows.push(...storeTargets(parameters, period, week));
    if (week > last - 365) rows.push(...peopleTargets(parameters, period, week));
  }
  return { columns: ['metric', 'scope', 'period', 'value'], rows };
}
