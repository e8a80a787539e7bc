import Papa from 'papaparse';
import type { Transaction } from '../warehouse/warehouse.ts';
import type { LedgerBatch } from './ledger.ts';

/** A cell of a record as text; null where it is empty. */
export type CellText = string | null;

/** What is wrong with a record: the place of the column from 0, null where it is the record as a whole or no column. */
export type Problem = { column: number | null; reason: string };

/**
 * A rejected record that nobody has mended yet, whole and unmasked: only for whoever may see the list itself. `line`
 * counts records from 1 after the header. `divided` is false where its cells could not be told apart: then they are a
 * guess or empty, and `raw` is what stands in the file.
 */
export type Quarantined = {
  line: number;
  cells: CellText[];
  divided: boolean;
  raw: string;
  problems: Problem[];
};

/** Which of the open records: a page of them, in the order of the file. */
export type Page = { page: number; size: number };

/** The open records of a batch, and how many there are on all pages. */
export async function openRecords(
  asker: Pick<Transaction, 'query'>,
  batch: LedgerBatch,
  { page, size }: Page,
): Promise<{ records: Quarantined[]; open: number }> {
  if (batch.isWithdrawn) return { records: [], open: 0 };
  const rows = await asker.query<{
    line: number;
    cells: string | null;
    raw: string | null;
    open: number;
    columns: CellText[];
    reasons: string[];
  }>(
    `with open_ones as (
       select line, cells, raw_text, count(*) over () as open
       from raw.quarantine where batch_id = ${batch.id} and mended_in is null
       order by line limit $size::bigint offset $size::bigint * ($page::bigint - 1)
     )
     select q.line as line, q.cells as cells, q.raw_text as raw, q.open as open,
       list(r.column_name order by r.column_name, r.reason) as columns,
       list(r.reason order by r.column_name, r.reason) as reasons
     from open_ones q
     join raw.rejects r on r.batch_id = ${batch.id} and r.line = q.line
     group by all order by q.line`,
    { page, size },
  );
  const records = rows.map(({ line, cells, raw, columns, reasons }) => ({
    line,
    ...cellsOf(batch, cells, raw ?? ''),
    raw: raw ?? '',
    problems: reasons.map((reason, at) => ({ column: placeOf(batch.headers, columns[at] ?? null), reason })),
  }));
  return { records, open: Number(rows[0]?.open ?? 0) };
}

/** Records by their keys: the texts of the columns at `places`, one list for each, in which the same place is one key. */
export type Keys = { places: readonly number[]; texts: readonly (readonly CellText[])[] };

/**
 * The open records of a batch that have one of these keys, in the order of the file. A record without its whole key belongs
 * to no other; one whose cells could not be told apart has none.
 */
export async function openRecordsWith(
  asker: Pick<Transaction, 'query'>,
  { id, headers }: LedgerBatch,
  { places, texts }: Keys,
): Promise<Pick<Quarantined, 'line' | 'cells'>[]> {
  const wanted = places.map((_, at) => `unnest($key${at}::varchar[]) as key${at}`);
  const same = places.map((place, at) => `q.cells ->> '$[${place}]' = w.key${at}`);
  const rows = await asker.query<{ line: number; cells: string }>(
    `select q.line as line, q.cells as cells
     from raw.quarantine q
     semi join (select ${wanted.join(', ')}) w on ${same.join(' and ')}
     where q.batch_id = ${id} and q.mended_in is null
     order by q.line`,
    Object.fromEntries(texts.map((column, at) => [`key${at}`, [...column]])),
  );
  return rows.map(({ line, cells }) => {
    const found = JSON.parse(cells) as CellText[];
    return { line, cells: headers.map((_, at) => found[at] ?? null) };
  });
}

function placeOf(headers: readonly string[], header: string | null): number | null {
  const at = header === null ? -1 : headers.indexOf(header);
  return at === -1 ? null : at;
}

function cellsOf({ headers, delimiter }: LedgerBatch, cells: string | null, raw: string) {
  const found = cells === null ? guess(raw, delimiter) : (JSON.parse(cells) as CellText[]);
  return {
    cells: headers.map((_, at) => found[at] ?? null),
    divided: cells !== null,
  };
}

function guess(raw: string, delimiter: string | null): CellText[] {
  if (delimiter === null) return [];
  const { data } = Papa.parse<string[]>(raw, { delimiter });
  return (data[0] ?? []).map((cell) => (cell.trim() === '' ? null : cell));
}

/** Records of a batch, in the order of its file, and the batch that brings them mended as records 1, 2, 3 … */
export type Mending = { of: number; lines: readonly number[]; by: number };

/**
 * Takes the records out of quarantine that a mending brought in; those that it rejected again stay where they were.
 * @returns how many are out
 */
export async function markMended(transaction: Transaction, { of, lines, by }: Mending): Promise<number> {
  const [marked] = await transaction.query<{ Count: number }>(
    `update raw.quarantine as q set mended_in = ${by}
     from (select unnest($lines::bigint[]) as line, unnest(range(1, len($lines::bigint[]) + 1)) as place) m
     where q.batch_id = ${of} and q.line = m.line and q.mended_in is null
       and not exists (select 1 from raw.rejects r where r.batch_id = ${by} and r.line = m.place)`,
    { lines },
  );
  await transaction.run(`delete from raw.quarantine where batch_id = ${by}`);
  return Number(marked?.Count ?? 0);
}

/** Opens the records again that a batch had mended; returns how many. */
export async function openAgain(transaction: Transaction, batch: number): Promise<number> {
  const [opened] = await transaction.query<{ Count: number }>(
    `update raw.quarantine set mended_in = null where mended_in = ${batch}`,
  );
  return Number(opened?.Count ?? 0);
}
