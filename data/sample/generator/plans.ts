import { dayOf, dayText, instantText, monday } from './calendar.ts';
import type { Journey } from './journeys.ts';
import { expectedLeads } from './mix.ts';
import type { Parameters } from './parameters.ts';
import { stores } from './studio.ts';
import { numbered, type Cell, type Tables, type Table } from './tables.ts';

/** The trials and which variant each lead in them got. */
export function trialTables({ trials }: Parameters, journeys: Journey[]): Tables {
  return {
    experiments: {
      columns: ['experiment_id', 'name', 'unit', 'metric', 'starts_on', 'ends_on'],
      rows: trials.map(({ id, name, metric, from, to }) => [id, name, 'lead', metric, from, to]),
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

/** Plans for leads and signed money, each store and month: round numbers a little above what is usual. */
export function targetsTable(parameters: Parameters): Table {
  const rows: Cell[][] = [];
  const last = dayOf(parameters.last_day);
  const months = new Set<string>();
  for (let day = dayOf(parameters.first_day); day <= last; day += 1) months.add(dayText(day).slice(0, 7));
  for (const period of months) {
    const week = monday(dayOf(`${period}-15`));
    for (const store of stores) {
      const leads = expectedLeads(parameters, week) * parameters.stores[store].share * 4.35 * 1.05;
      rows.push(['leads', store, period, Math.round(leads / 5) * 5]);
      rows.push(['signed', store, period, Math.round((leads * 0.21 * 6000) / 5000) * 5000]);
    }
  }
  return { columns: ['metric', 'scope', 'period', 'value'], rows };
}
