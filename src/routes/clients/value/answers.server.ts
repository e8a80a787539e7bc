import type { Asker } from '#lib/server/reports/ask.ts';
import { clientValues, customerValueFit, dataSpan } from '#lib/server/reports.gen.ts';
import type { ClientValuesRow, CustomerValueFitRow } from '#lib/server/reports.gen.ts';

/** Clients that stand on the page. */
const SHOWN = 50;

/** Every row that the page of client value shows, and what was asked of its reports. */
export type ValueAnswers = {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly asked: { readonly until: string; readonly unit: 'week' };
  readonly fits: readonly CustomerValueFitRow[];
  readonly clients: readonly ClientValuesRow[];
};

/** Asks the reports of the page; null while there are no data. Throws the Refusals of `ask`. */
export async function askValue(asker: Asker, signal: AbortSignal): Promise<ValueAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.first_day || !span.last_day) return null;
  const asked = { until: span.last_day, unit: 'week' } as const;
  const [fits, clients] = await Promise.all([
    customerValueFit(asker, asked, options),
    clientValues(asker, { ...asked, limit: SHOWN }, options),
  ]);
  return { firstDay: span.first_day, lastDay: span.last_day, asked, fits: fits.rows, clients: clients.rows };
}
