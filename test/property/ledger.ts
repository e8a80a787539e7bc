import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { mappingByHeader } from '#lib/exports/mapping.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { batchOf } from '#lib/server/import/ledger.ts';
import { mendRecords } from '#lib/server/import/mend.ts';
import { openRecords } from '#lib/server/import/quarantine.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { addDays } from '../oracle/days.ts';
import type { Installation } from './installation.ts';
import { baseDay } from './studio.ts';

type Table = 'leads' | 'visits' | 'orders';

/** A record of a list: one of few keys with one of few contents, so that both come again; or one that cannot be read. */
type Line = { key: number; content: number; isBad: boolean };

/** What somebody does with the lists; the last `without` columns are not in the file; `pick` chooses among the batches that stand, or that have something to mend. */
export type Act =
  | { kind: 'import'; table: Table; lines: Line[]; without: number }
  | { kind: 'withdraw'; pick: number }
  | { kind: 'mend'; pick: number; fixed: boolean[] };

const lines = fc.array(
  fc.record({
    key: fc.constantFrom(1, 2, 4),
    content: fc.constantFrom(0, 0, 0, 1, 2),
    isBad: fc.oneof(
      { weight: 4, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  }),
  { minLength: 2, maxLength: 5 },
);

/** Lists coming in, going out again and being mended, in any order. */
export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('import' as const),
        table: fc.constantFrom<Table>('orders', 'orders', 'orders', 'orders', 'leads', 'visits'),
        lines,
        without: fc.constantFrom(0, 0, 1, 2),
      }),
    },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), pick: fc.nat(20) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('mend' as const),
        pick: fc.nat(20),
        fixed: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
      }),
    },
  ),
  { minLength: 5, maxLength: 9, size: 'max' },
);

/** The fourth key lies in the days on which the lists come in: impossible first, possible later. */
const dayOf = (key: number) => addDays(baseDay, key === 4 ? 3 : -key);

const headers: Record<Table, string> = {
  leads: 'lead_id,created_at,customer_id,channel,landing',
  visits: 'visit_id,visited_at,lead_id,staff_id,landing',
  orders: 'order_id,ordered_at,amount,customer_id,status',
};

function cells(table: Table, { key, content, isBad }: Line): string[] {
  const day = isBad && table !== 'orders' ? 'soon' : dayOf(key);
  const other = ['a', 'b', ''][content] ?? '';
  if (table === 'leads') return [`L${key}`, day, `K${(key % 2) + 1}`, other, other];
  if (table === 'visits') return [`V${key}`, day, `L${5 - key}`, other, ''];
  return [`O${key}`, day, isBad ? 'much' : `${content + 1}00`, 'K1', content === 2 ? 'cancelled' : 'active'];
}

/** A list without its last columns; leads and visits lose an unknown one first. */
function textOf(table: Table, lines: readonly Line[], without: number): string {
  const rows = [headers[table].split(','), ...lines.map((line) => cells(table, line))];
  return rows.map((row) => row.slice(0, row.length - without).join(',')).join('\n');
}

/** A batch as it came in: the text of its list, when, and of a mending the records that it took out of quarantine. */
export type Came = {
  batch: number;
  table: Table;
  text: string;
  day: string;
  rejected: number[];
  mends: { batch: number; lines: number[] } | null;
  isWithdrawn: boolean;
};

/** Does all of it, one act a day, in an installation; returns every batch that came in. */
export async function perform(app: Installation, given: readonly Act[]): Promise<Came[]> {
  const came: Came[] = [];
  for (const [at, act] of given.entries()) {
    const day = addDays(baseDay, at);
    app.setDay(day);
    const open = new Set(waiting(came).map(({ batch_id }) => batch_id));
    const standing = came.filter(({ batch, isWithdrawn }) =>
      act.kind === 'mend' ? open.has(batch) : !isWithdrawn,
    );
    if (act.kind === 'import') {
      const text = textOf(act.table, act.lines, act.without);
      came.push(await bring(app, act.table, text, day));
      continue;
    }
    const chosen = standing[act.pick % Math.max(standing.length, 1)];
    if (!chosen) continue;
    if (act.kind === 'withdraw') {
      await withdrawBatch(app, { batch: String(chosen.batch), by: null });
      chosen.isWithdrawn = true;
    } else {
      const mending = await mend(app, chosen, act.fixed, day);
      if (mending) came.push(mending);
    }
  }
  return came;
}

/** Imports lists at once, each on its own day. */
export async function bringAll(app: Installation, lists: readonly Came[]): Promise<void> {
  if (lists.length === 0) return;
  const files = lists.map(({ table, text }, at) => {
    const path = join(app.data, `${at}.csv`);
    writeFileSync(path, text);
    return { name: `${table}.csv`, path, mapping: mappingByHeader(table) };
  });
  await importFiles(app, files, {
    onProgress: (progress) => {
      if (progress.kind === 'storing') app.setDay(lists[progress.file]?.day ?? baseDay);
    },
  });
}

async function bring(app: Installation, table: Table, text: string, day: string): Promise<Came> {
  const path = join(app.data, `${table}.csv`);
  writeFileSync(path, text);
  app.setDay(day);
  const { summaries, rejects } = await importFiles(app, [
    { name: `${table}.csv`, path, mapping: mappingByHeader(table) },
  ]);
  const [summary] = summaries;
  return {
    batch: summary?.batch ?? 0,
    table,
    text,
    day,
    rejected: (rejects[0] ?? []).map(({ line }) => line),
    mends: null,
    isWithdrawn: false,
  };
}

async function mend(
  app: Installation,
  of: Came,
  fixed: readonly boolean[],
  day: string,
): Promise<Came | null> {
  const entry = await batchOf(app.warehouse, String(of.batch));
  const { records } = await openRecords(app.warehouse, entry, { page: 1, size: 100 });
  if (records.length === 0) return null;
  const given = records.map(({ line, cells: found }, at) => ({
    line,
    cells: found.map((cell) => (fixed[at] ? mended(cell) : cell)),
  }));
  const { summary } = await mendRecords(app, { batch: String(of.batch), records: given, by: null });
  if (summary?.batch == null) return null;
  return {
    batch: summary.batch,
    table: of.table,
    text: [
      entry.headers.join(','),
      ...given.map((record) => record.cells.map((cell) => cell ?? '').join(',')),
    ].join('\n'),
    day,
    rejected: [],
    mends: { batch: of.batch, lines: given.filter((_, at) => fixed[at]).map(({ line }) => line) },
    isWithdrawn: false,
  };
}

const mended = (cell: string | null) => (cell === 'soon' ? dayOf(2) : cell === 'much' ? '250' : cell);

/** The records that wait to be mended, by batch, as the history of the batches has it. */
export function waiting(came: readonly Came[]): { batch_id: number; line: number }[] {
  const standing = came.filter(({ isWithdrawn }) => !isWithdrawn);
  const isOut = (batch: number, line: number) =>
    standing.some(({ mends }) => mends?.batch === batch && mends.lines.includes(line));
  return standing.flatMap(({ batch, rejected }) =>
    rejected.filter((line) => !isOut(batch, line)).map((line) => ({ batch_id: batch, line })),
  );
}
