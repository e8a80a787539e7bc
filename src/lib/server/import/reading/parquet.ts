import { join } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Head } from '#lib/exports/head.ts';
import { literal } from '../values/text.ts';
import { bytesAt, sizeOf } from './file.ts';
import { layoutOf } from './layout.ts';
import type { Desk } from './watch.ts';

const START = 1 << 18;

/**
 * A Parquet file as a plain list, by the engine: instants and decimals as it writes them, nested values as texts.
 * Throws Refusal file_damaged, header_only, disk_full, query_cancelled.
 */
export async function plainParquet(desk: Desk, path: string): Promise<{ path: string; head: Head }> {
  const { name: file, engine, signal, folder } = desk;
  if (engine === undefined) throw new Error('a Parquet file needs an engine');
  const list = join(folder, 'list.csv');
  const copy = `copy (from read_parquet(${literal(path)})) to ${literal(list)} (format csv, header true, delimiter ',', quote '"', escape '"')`;
  try {
    await engine.run(copy, {}, signal ? { signal } : {});
  } catch (error) {
    const isOurs = error instanceof Refusal && ['disk_full', 'query_cancelled'].includes(error.code);
    throw isOurs ? error : new Refusal('file_damaged', { file }, error);
  }
  const start = await bytesAt(file, list, 0, START);
  const whole = start.length === (await sizeOf(file, list));
  const chosen = { delimiter: ',', header: { first: 0, rows: 1 } } as const;
  const { headers, sample, width } = layoutOf(file, start, whole, chosen, desk.limits.columns);
  if (whole && sample.length === 0) throw new Refusal('header_only', { file });
  return { path: list, head: { delimiter: ',', columns: width, headers, sample, skip: 0, newline: 10 } };
}
