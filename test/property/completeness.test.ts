import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Field } from '#lib/exports/tables.ts';
import { fieldsOf, tableNames } from '#lib/exports/tables.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { ask } from '#lib/server/reports/ask.ts';
import { completeness, reportSpecs } from '#lib/server/reports.gen.ts';
import type { CompletenessRow } from '#lib/server/reports.gen.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { keptOf } from '../oracle/completeness.ts';
import type { Kept, Marked } from '../oracle/completeness.ts';
import { addDays } from '../oracle/days.ts';
import type { GivenRow } from '../queries/case.ts';
import { fill, openEmptyWarehouse } from '../queries/fill.ts';
import { runs } from './runs.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openEmptyWarehouse();
});
afterAll(() => warehouse.close());

const asOf = '2026-06-30';

/** A lead as the tables hold it, with a telephone number and a loss or without. */
type Lead = { day: string; store: string | null; phone: boolean; lost: boolean };

/** A stretch of days in which a store brings a lead every so many days, and every so many of them have a value. */
const stretch = fc
  .record({
    back: fc.integer({ min: 0, max: 460 }),
    leads: fc.integer({ min: 1, max: 60 }),
    step: fc.constantFrom(0, 1, 1, 2, 7),
    phones: fc.constantFrom(0, 1, 2, 3),
    losses: fc.constantFrom(0, 1, 2),
  })
  .map(({ back, leads, step, phones, losses }) =>
    Array.from({ length: leads }, (_, at) => ({
      day: addDays(asOf, at * step - back),
      phone: phones > 0 && at % phones === 0,
      lost: losses > 0 && at % losses === 0,
    })).filter(({ day }) => day <= asOf),
  );

/** A habit of some months and then some leads of which few have a value, near where the rule changes its mind. */
const habit = fc
  .record({
    back: fc.constantFrom(0, 0, 20, 150, 170, 190),
    aDay: fc.constantFrom(1, 1, 3),
    usual: fc.constantFrom(1, 1, 2),
    before: fc.constantFrom(20, 70, 150),
    since: fc.constantFrom(6, 12, 15, 16, 20, 28, 66),
    kept: fc.constantFrom(0, 0, 4, 9, 14, 31, 36),
  })
  .map(({ back, aDay, usual, before, since, kept }) => {
    const leads = before + since * usual;
    return Array.from({ length: leads }, (_, at) => {
      const has = at < before ? at % usual === 0 : leads - at <= kept;
      return { day: addDays(asOf, Math.ceil((at - leads + 1) / aDay) - back), phone: has, lost: has };
    });
  });

const studios = fc
  .array(fc.tuple(fc.constantFrom('江滨店', '北城店', null), fc.oneof(stretch, habit)), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.flatMap(([store, leads]) => leads.map((lead): Lead => ({ store, ...lead }))));

const origin = (line: number) => ({
  extra: null,
  batch_id: '1',
  line: String(line),
  imported_on: '2099-12-31',
});

function leadRow({ day, store, phone, lost }: Lead, at: number): GivenRow {
  const cells = {
    store,
    phone: phone ? '13800000000' : null,
    lost_at: lost ? `${addDays(day, 9)} 09:00:00` : null,
  };
  return { lead_id: `L${at}`, created_at: `${day} 12:00:00`, ...cells, ...origin(at + 1) };
}

/** What the report says of a column, in the terms of the oracle. */
function saidOf(row: CompletenessRow): Kept {
  const { state, rows, filled, recent_rows, recent_filled, earlier_rows, earlier_filled } = row;
  const { last_filled_on, empty_from, empty_rows } = row;
  const counts = { rows, filled, recent_rows, recent_filled, earlier_rows, earlier_filled };
  return { state, ...counts, last_filled_on, empty_from, empty_rows };
}

const columns = [
  { name: 'phone', settles: 0, has: ({ phone }: Lead) => phone },
  { name: 'lost_at', settles: 56, has: ({ lost }: Lead) => lost },
] as const;

test('a column is said to be kept, stopped or fallen as counting row by row says, for the list and each store', async () => {
  await fc.assert(
    fc.asyncProperty(studios, async (leads) => {
      fc.pre(leads.length > 0);
      await fill(warehouse, new Map([['leads', leads.map(leadRow)]]));
      const { rows } = await completeness(asOwner({ warehouse }), {
        as_of: asOf,
        table_name: 'leads',
        stores: 'all',
      });
      const last =
        leads
          .map(({ day }) => day)
          .sort()
          .at(-1) ?? asOf;
      const judgedAll = leads.some(({ day }) => day > addDays(asOf, -420)) ? last : asOf;
      for (const { name, settles, has } of columns) {
        const marked = leads.map((lead): Marked => ({ ...lead, filled: has(lead) }));
        const judgedTo = addDays(judgedAll, -settles);
        const of = (scope: string, store: string | null) =>
          rows.filter((row) => row.column_name === name && row.scope === scope && row.store === store);
        const [whole] = of('list', null);
        expect(whole && saidOf(whole), name).toEqual(keptOf(marked, judgedTo, asOf));
        const hasStores = leads.some(({ store }) => store !== null);
        const stores = [...new Set(leads.map(({ store }) => store))];
        const parts = stores.map((store) => ({
          said: of('store', store)[0],
          kept: keptOf(
            marked.filter((row) => row.store === store),
            judgedTo,
            asOf,
          ),
        }));
        if (!hasStores) expect(parts.map(({ said }) => said)).toEqual([undefined]);
        else for (const { said, kept } of parts) expect(said && saidOf(said), name).toEqual(kept);
        const bad = ({ state }: Kept) => state === 'stopped' || state === 'fallen';
        const badParts = hasStores && parts.some(({ kept }) => bad(kept));
        const isStopped = whole?.state === 'stopped';
        expect(whole?.called, name).toBe(isStopped || (whole?.state === 'fallen' && !badParts));
        for (const { said, kept } of parts) if (said) expect(said.called, name).toBe(bad(kept) && !isStopped);
      }
    }),
    runs(15, 1500),
  );
});

const samples: Record<Field['type'], string> = {
  text: 'x',
  phone: '13800000000',
  choice: 'x',
  instant: '2026-06-01 09:00:00',
  day: '2026-06-01',
  money: '1.00',
  whole: '1',
  number: '1',
};

/** Filled in every row that was imported. */
const isAlways = (field: Field) => field.required || field.default !== undefined;

/** For each optional field one row that has it and none of the others. */
function rowsOfOneField(fields: readonly Field[]): GivenRow[] {
  return fields
    .filter((field) => !isAlways(field))
    .map((field, at): GivenRow => {
      const valueOf = (one: Field) => {
        if (one.name !== field.name && !isAlways(one)) return null;
        return one.key && one.type === 'text' ? `${at}` : (one.default ?? samples[one.type]);
      };
      const cells = fields.map((one) => [one.name, valueOf(one)]);
      return { ...(Object.fromEntries(cells) as GivenRow), ...origin(at + 1), imported_on: '2026-06-20' };
    });
}

/** The lists that other systems keep. */
const exported = tableNames.filter((table) => table !== 'client_decisions');

describe.each(exported)('the list %s', (table) => {
  test('has every column of the contract in its order, and each is counted as itself', async () => {
    const fields = fieldsOf(table);
    const given = rowsOfOneField(fields);
    await fill(warehouse, new Map([[table, given]]));
    const spec = reportSpecs['completeness'];
    if (!spec) throw new Error('There is no report completeness.');
    const { rows } = await ask<Row>(asOwner({ warehouse }), spec, {
      as_of: asOf,
      table_name: table,
      stores: 'none',
    });
    expect(rows.map(({ column_name, rows, filled }) => [column_name, rows, filled])).toEqual(
      fields.map((field) => [field.name, given.length, isAlways(field) ? given.length : 1]),
    );
  });
});
