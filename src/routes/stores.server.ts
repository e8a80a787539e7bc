import type { App } from '#lib/server/app.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { dataSpan, segmentValues } from '#lib/server/reports.gen.ts';

/** The stores of the data, by name; none while there are no data. */
export async function storesOf(app: App): Promise<string[]> {
  const [span] = (await dataSpan(app, {})).rows;
  if (!span?.last_day) return [];
  const { rows } = await segmentValues(asOwner(app), { by: 'store' });
  return rows.flatMap(({ value }) => value ?? []).toSorted();
}
