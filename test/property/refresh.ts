import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import Papa from 'papaparse';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import { enterDecision } from '#lib/server/clients/decide.ts';
import type { Decision } from '#lib/server/clients/decide.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { batchOf } from '#lib/server/import/ledger.ts';
import { mendRecords } from '#lib/server/import/mend.ts';
import { openRecords } from '#lib/server/import/quarantine.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { currentTexts } from '#lib/server/reports/texts.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { addDays } from '../oracle/days.ts';
import type { Origin, Raw } from '../oracle/tables.ts';
import { enteredDecisions } from './decisions.ts';
import type { Installation } from './installation.ts';
import { baseDay, batchId, busyStudios, studios, tableNames } from './studio.ts';
import type { TableName } from './studio.ts';

export type Row = Record<string, string | number | null>;
export type List = { table: TableName; rows: Row[] };

/** What somebody does with the lists, on which day; `pick` chooses among the batches of the studio that stand. */
export type Move = { day: string } & (
  | { kind: 'import'; lists: List[] }
  | { kind: 'withdraw'; pick: number }
  | { kind: 'mend'; pick: number }
  | { kind: 'decide'; decision: Decision }
  | { kind: 'undo'; pick: number }
);

/**
 * The lists of a random studio coming in in any order, some twice and some two at a time, some with records that cannot be
 * read; batches going out again and being mended; and decisions on who is the same client, which are undone again. Rows of one key, and of one family, come from several lists.
 */
export const moves: fc.Arbitrary<Move[]> = fc.oneof(studios, busyStudios).chain((raw) => {
  const lists = listsOf(raw);
  const day = fc.integer({ min: 25, max: 60 }).map((offset) => addDays(baseDay, offset));
  const list = fc
    .tuple(fc.constantFrom(...lists), fc.boolean())
    .map(([one, isSpoiled]) => (isSpoiled ? spoiled(one) : one));
  const pick = fc.nat(20);
  const move = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        day,
        kind: fc.constant('import' as const),
        lists: fc.array(list, { minLength: 1, maxLength: 2 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ day, kind: fc.constant('withdraw' as const), pick }) },
    { weight: 1, arbitrary: fc.record({ day, kind: fc.constant('mend' as const), pick }) },
    {
      weight: 2,
      arbitrary: fc.record({ day, kind: fc.constant('decide' as const), decision: enteredDecisions }),
    },
    { weight: 1, arbitrary: fc.record({ day, kind: fc.constant('undo' as const), pick }) },
  );
  return fc.array(move, { minLength: 6, maxLength: 12, size: 'max' });
});

/** The lists of a studio by table and batch; one list of each table at least, if only of a row that is nobody's. */
function listsOf(raw: Raw): List[] {
  const lists = tableNames.flatMap((table) =>
    [0, 1, 2].map((round) => ({
      table,
      rows: raw[table]
        .filter(({ batch_id }) => batch_id === batchId(table, round))
        .map((row) => asListed(row)),
    })),
  );
  const filled = lists.filter(({ rows }) => rows.length > 0);
  return filled.length > 0 ? filled : [{ table: 'leads', rows: [{ lead_id: 'l1', created_at: baseDay }] }];
}

/** A row as a list has it: its unknown columns among the others. */
function asListed({ extra = null, batch_id: _, line: __, ...row }: Origin & { extra?: string | null }): Row {
  return extra === null ? row : { ...row, ...(JSON.parse(extra) as Row) };
}

/** The list with a last record that cannot be read, where it has money or a moment to be misspelt. */
function spoiled({ table, rows }: List): List {
  const field = { leads: 'created_at', visits: 'visited_at' }[table as string] ?? 'amount';
  const last = rows.at(-1);
  if (last?.[field] == null) return { table, rows };
  return { table, rows: [...rows.slice(0, -1), { ...last, [field]: field === 'amount' ? 'much' : 'soon' }] };
}

const mended = (cell: string | null) => (cell === 'soon' ? baseDay : cell === 'much' ? '250.00' : cell);

/**
 * A stock of rows that are of no family of the studio's but have its stores and days, so many that what the studio brings is
 * a small share of all.
 */
export async function bringStock(app: Installation): Promise<void> {
  const list = (table: TableName, rows: number, row: (no: number) => Row): List => ({
    table,
    rows: Array.from({ length: rows }, (_, no) => row(no)),
  });
  const moment = (no: number) => `${addDays(baseDay, (no % 90) - 60)}T${no % 2 === 0 ? '09' : '18'}:00:00`;
  const store = (no: number) => ['东店', 'west', null][no % 3] ?? null;
  await bring(app, [
    list('leads', 600, (no) => ({
      lead_id: `stock l${no}`,
      created_at: moment(no),
      customer_id: `stock c${no}`,
      store: store(no),
    })),
    list('visits', 600, (no) => ({
      visit_id: `stock v${no}`,
      visited_at: moment(no),
      lead_id: `stock l${no}`,
      store: store(no),
    })),
    list('orders', 600, (no) => ({
      order_id: `stock o${no}`,
      ordered_at: moment(no),
      customer_id: `stock c${no}`,
      amount: '1200.00',
    })),
    list('payments', 30_000, (no) => ({
      payment_id: `stock p${no}`,
      paid_at: moment(no),
      order_id: no < 600 ? `stock o${no}` : null,
      amount: '300.00',
    })),
  ]);
}

/** Does one move; one for which there is no batch does nothing. */
export async function performMove(app: Installation, move: Move): Promise<void> {
  app.setDay(move.day);
  if (move.kind === 'import') return bring(app, move.lists);
  if (move.kind === 'decide') return void (await enterDecision(app, move.decision));
  const condition = {
    withdraw: 'b.withdrawn_at is null',
    undo: "b.withdrawn_at is null and b.table_name = 'client_decisions'",
    mend: `b.withdrawn_at is null and exists (
      select 1 from raw.quarantine q where q.batch_id = b.batch_id and q.mended_in is null)`,
  }[move.kind];
  const batches = await app.warehouse.query<{ id: number }>(
    `select b.batch_id as id from raw.batches b where ${ofStudio('b')} and ${condition} order by 1`,
  );
  const batch = String(batches[move.pick % Math.max(batches.length, 1)]?.id ?? '');
  if (batch === '') return;
  if (move.kind !== 'mend') await withdrawBatch(app, { batch, by: null });
  else await mend(app, batch);
}

const ofStudio = (alias: string) => `${alias}.batch_id > 4`;

/** Brings lists in, each a file of its own, in one import. */
export async function bring(app: Installation, lists: readonly List[]): Promise<void> {
  const files = lists.map(({ table, rows }, at) => {
    const path = join(app.data, `${at}.csv`);
    const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    writeFileSync(path, Papa.unparse({ fields, data: rows }));
    return { name: `${table}.csv`, path, mapping: mappingByHeader(table) };
  });
  await importFiles(app, files);
}

async function mend(app: Installation, batch: string): Promise<void> {
  const { records } = await openRecords(app.warehouse, await batchOf(app.warehouse, batch), {
    page: 1,
    size: 100,
  });
  const given = records.map(({ line, cells }) => ({ line, cells: cells.map(mended) }));
  await mendRecords(app, { batch, records: given, by: null });
}

/** The models that differ from what building all of them anew makes of the same rows; what is stored stays as it is. */
export async function differences(app: Installation): Promise<string[]> {
  const found: string[] = [];
  const nothingKept = new Error('nothing is kept');
  await app.warehouse
    .write(async (transaction) => {
      const names = [...currentTexts().models.keys()];
      for (const name of names)
        await transaction.run(`create or replace temporary table stored_${name} as select * from ${name}`);
      await rebuildModels(transaction);
      for (const name of names) {
        const [differing] = await transaction.query<{ rows: number }>(`
          select count(*) as rows from (
            (select * from ${name} except all select * from stored_${name})
            union all
            (select * from stored_${name} except all select * from ${name})
          ) d`);
        if (differing?.rows !== 0) found.push(`${name}: ${differing?.rows} rows`);
      }
      throw nothingKept;
    })
    .catch((error: unknown) => {
      if (error !== nothingKept) throw error;
    });
  return found;
}

/** The tables that the first models are stored in, by the engine's own numbers: building all anew makes others. */
export function tablesOfModels(app: Installation): Promise<object[]> {
  return app.warehouse.query(
    "select table_name, table_oid from duckdb_tables() where schema_name = 'main' and table_name in ('acts', 'paths') order by 1",
  );
}

/** Withdraws what the studio brought, so that the stock alone counts. */
export async function takeBack(app: Installation): Promise<void> {
  const standing = await app.warehouse.query<{ id: number }>(
    `select b.batch_id as id from raw.batches b where ${ofStudio('b')} and b.withdrawn_at is null order by 1`,
  );
  for (const { id } of standing) await withdrawBatch(app, { batch: String(id), by: null });
}
