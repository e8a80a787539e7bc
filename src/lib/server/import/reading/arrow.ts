import { open } from 'node:fs/promises';
import { RecordBatchReader } from 'apache-arrow';
import type { DataType, Field, RecordBatch } from 'apache-arrow';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Head } from '#lib/exports/head.ts';
import { arrowText } from './arrow-text.ts';
import { bytesAt, sizeOf } from './file.ts';
import { plainRows } from './rows.ts';
import { goOn } from './watch.ts';
import type { Desk } from './watch.ts';

/**
 * An Arrow stream or file as a plain list, batch by batch. `most` ends it early, for looking at it.
 * Throws Refusal file_damaged, too_many_columns, header_only, disk_full, query_cancelled.
 */
export async function plainArrow(
  desk: Desk,
  path: string,
  most = Infinity,
): Promise<{ path: string; head: Head }> {
  await refuseOpenEnd(desk, path);
  await using file = await open(path);
  const reader = await readable(desk, async () => {
    const opened = await RecordBatchReader.from(file);
    await opened.open();
    return opened;
  });
  const { fields } = reader.schema;
  if (fields.length > desk.limits.columns)
    throw new Refusal('too_many_columns', { file: desk.name, limit: desk.limits.columns });
  async function* records() {
    let left = most;
    for (;;) {
      const { done, value: batch } = await readable(desk, async () => reader.next());
      if (done) return;
      for (const record of recordsOf(batch, fields)) {
        if (left === 0) return;
        left -= 1;
        yield record;
      }
      goOn(desk);
    }
  }
  return await plainRows(
    desk,
    fields.map(({ name }) => name),
    records(),
  );
}

const MARK = 4;

/** A stream that was cut between two batches reads well and has lost the others: only its end mark tells. */
async function refuseOpenEnd({ name }: Desk, path: string): Promise<void> {
  const size = await sizeOf(name, path);
  const end = await bytesAt(name, path, Math.max(size - MARK, 0), MARK);
  const isFile = (await bytesAt(name, path, 0, MARK)).toString('latin1') === 'ARRO';
  if (!isFile && end.some((byte) => byte !== 0)) throw new Refusal('file_damaged', { file: name });
}

function* recordsOf(batch: RecordBatch, fields: readonly Field[]): Generator<string[]> {
  const columns = fields.map(({ type }, at) => ({ type: type as DataType, values: batch.getChildAt(at) }));
  for (let row = 0; row < batch.numRows; row += 1)
    yield columns.map(({ type, values }) => arrowText(values?.get(row) as unknown, type));
}

async function readable<T>({ name }: Desk, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Refusal('file_damaged', { file: name }, error);
  }
}
