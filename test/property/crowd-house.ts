import fc from 'fast-check';
import { TOO_FEW } from '#lib/access/too-few.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { addDays } from '../oracle/days.ts';
import type { GivenRow } from '../queries/case.ts';
import { fill } from '../queries/fill.ts';

/** A lead, and how many days later it came and signed. */
export type Journey = {
  channel: string;
  city: string;
  day: number;
  visit: number | null;
  order: number | null;
};

/** A Monday; four weeks follow. */
export const FIRST = '2026-03-02';
export const LAST = addDays(FIRST, 27);
export const AS_OF = addDays(FIRST, 60);

/** Values of very different size: some have many journeys, some one or two. An empty one is missing. */
const skewed = (...values: [string, number][]) =>
  fc.oneof(...values.map(([value, weight]) => ({ weight, arbitrary: fc.constant(value) })));
const journey: fc.Arbitrary<Journey> = fc.record({
  channel: skewed(['抖音', 30], ['小红书', 14], ['传单', 4], ['团购', 2], ['地推', 1], ['', 2]),
  city: skewed(['江城', 20], ['汉口', 4], ['黄石', 1]),
  day: fc.integer({ min: 0, max: 27 }),
  visit: fc.option(fc.integer({ min: 0, max: 10 }), { freq: 2, nil: null }),
  order: fc.option(fc.integer({ min: 0, max: 20 }), { freq: 2, nil: null }),
});
export const journeys = fc.array(journey, { minLength: 3, maxLength: 90, size: 'max' });
export const manyJourneys = fc.array(journey, { minLength: 60, maxLength: 90, size: 'max' });

const at = (day: number, clock: string) => `${addDays(FIRST, day)} ${clock}`;
const row = (line: number, cells: Record<string, string | null>): GivenRow => ({
  batch_id: '1',
  line: String(line),
  imported_on: AS_OF,
  store: '东门店',
  ...cells,
});

/** Puts a house of these journeys in the place of what the warehouse held. */
export async function load(warehouse: Warehouse, all: readonly Journey[]): Promise<void> {
  const numbered = all.map((journey, at) => ({ ...journey, id: `L${at + 1}`, line: at + 1 }));
  await fill(
    warehouse,
    new Map([
      [
        'leads',
        numbered.map(({ id, line, channel, city, day }) =>
          row(line, { lead_id: id, created_at: at(day, '10:00:00'), city, channel: channel || null }),
        ),
      ],
      [
        'visits',
        numbered.flatMap(({ id, line, day, visit }) =>
          visit === null
            ? []
            : [
                row(line, {
                  visit_id: `V${id}`,
                  visited_at: at(day + visit, '14:00:00'),
                  lead_id: id,
                  purpose: 'consult',
                }),
              ],
        ),
      ],
      [
        'orders',
        numbered.flatMap(({ id, line, day, order }) =>
          order === null
            ? []
            : [
                row(line, {
                  order_id: `O${id}`,
                  ordered_at: at(day + order, '16:00:00'),
                  lead_id: id,
                  amount: '3000',
                }),
              ],
        ),
      ],
    ]),
  );
}

/** The days on which a journey did anything, or only its first one. */
const daysOf = ({ day, visit, order }: Journey, begun: boolean): string[] =>
  [day, ...(begun ? [] : [visit, order].flatMap((later) => (later === null ? [] : [day + later])))].map(
    (one) => addDays(FIRST, one),
  );

/** How many journeys an answer about some days is made of. */
export const inPlay = (all: readonly Journey[], from: string, to: string, begun: boolean): number =>
  all.filter((one) => daysOf(one, begun).some((day) => from <= day && day <= to)).length;

export type Field = 'channel' | 'city';
export const valueOf = (journey: Journey, field: Field): string | null => journey[field] || null;

/** Who stands behind a row: of the asked value, or of all values that no row of the answer names. */
export function behind(
  all: readonly Journey[],
  field: Field,
  segment: unknown,
  rows: readonly Row[],
): Journey[] {
  const named = new Set(rows.map((one) => one['segment'] ?? null));
  return all.filter((one) =>
    segment === TOO_FEW ? !named.has(valueOf(one, field)) : valueOf(one, field) === (segment ?? null),
  );
}
