import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refusal } from '#lib/errors/refusal.ts';
import { projectRoot } from '../project.ts';
import type { Row } from '../warehouse/values.ts';
import type { ColumnSpec } from './header.ts';
import type { Sheet, SheetColumn } from './sheet.ts';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const MOST_CELLS = 1_000_000;
/** Rows below the headers, by the format itself. */
const MOST_ROWS = 1_048_575;
/** What may be made at once, between two other answers. */
const FEW_CELLS = 5_000;

/** Memory that a sheet which is made apart may take. */
const THREAD_MB = 1_200;

/** Large sheets are made one after the other: each takes memory that reports need. */
let last: Promise<unknown> = Promise.resolve();

/**
 * A table as a workbook (.xlsx) of one sheet. Text is text, whatever it begins with: nothing in it is ever reckoned. Counts,
 * rates and money are numbers, days and instants are dates; what a spreadsheet would round or does not know stays text.
 * A large one is made in a thread of its own. Throws Refusal sheet_too_long.
 */
export async function asWorkbook(columns: readonly SheetColumn[], rows: Sheet['rows']): Promise<Uint8Array> {
  const cells = rows.length * columns.length;
  if (rows.length > MOST_ROWS || cells > MOST_CELLS) throw tooLong({ columns, rows });
  if (cells <= FEW_CELLS) return (await import('./sheet.ts')).sheetBytes({ columns, rows });
  const turn = last.then(() => madeApart({ columns, rows }));
  last = turn.catch(() => undefined);
  return turn;
}

/** The rows of a report as a workbook, its columns in the order of its header; lists as JSON. */
export function rowsAsWorkbook(columns: readonly ColumnSpec[], rows: readonly Row[]): Promise<Uint8Array> {
  return asWorkbook(
    columns.map(({ name, type }) => ({ title: name, type })),
    rows.map((row) => columns.map(({ name }) => row[name] ?? null)),
  );
}

async function madeApart(sheet: Sheet): Promise<Uint8Array> {
  const thread = new Worker(join(projectRoot(), 'src', 'lib', 'server', 'reports', 'sheet-thread.ts'), {
    workerData: sheet,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_MB },
  });
  try {
    const [bytes] = (await once(thread, 'message')) as [Uint8Array];
    return bytes;
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    throw isFull ? tooLong(sheet) : error;
  } finally {
    await thread.terminate();
  }
}

const tooLong = ({ columns, rows }: Sheet) =>
  new Refusal('sheet_too_long', { rows: rows.length, columns: columns.length });
