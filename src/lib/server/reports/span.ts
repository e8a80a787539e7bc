import type { Warehouse } from '../warehouse/warehouse.ts';
import { reportText } from './texts.ts';

/** The days that the data reach, by the report data_span; every value is null while there are no data. */
export type DataSpan = Readonly<Record<string, string | null>> & {
  readonly first_day: string | null;
  readonly last_day: string | null;
};

const known = new WeakMap<Warehouse, { version: number; span: Promise<DataSpan> }>();

/** The data's first and last days, asked once per data version. */
export function dataSpanOf(warehouse: Warehouse): Promise<DataSpan> {
  const version = warehouse.dataVersion();
  const entry = known.get(warehouse);
  if (entry?.version === version) return entry.span;
  const span = warehouse
    .query<DataSpan>(reportText('data_span').body)
    .then(([row]) => row ?? ({ first_day: null, last_day: null } as DataSpan));
  known.set(warehouse, { version, span });
  return span;
}
