import type { Transaction } from '../../warehouse/warehouse.ts';
import { limits } from './limits.ts';
import type { Limits } from './limits.ts';
import { Refusal } from '#lib/errors/refusal.ts';

/** Whoever waits for a file to be read. */
export type Watch = {
  /** Told how many bytes of the file as it was handed in have been read; may throw to stop. */
  onBytes?: ((bytes: number) => void) | undefined;
  /** Stops the reading with Refusal query_cancelled. */
  signal?: AbortSignal | undefined;
  limits?: Limits | undefined;
  /** A DuckDB that reaches the file and the folder; only Parquet files need it. */
  engine?: Pick<Transaction, 'run'> | undefined;
};

/** What the steps of one reading share: the file's name for sentences, the folder for their files, the limits. */
export type Desk = Pick<Watch, 'signal' | 'engine'> & { name: string; folder: string; limits: Limits };

/** A desk for one file. */
export const deskFor = (name: string, folder: string, watch: Watch): Desk => ({
  name,
  folder,
  limits: watch.limits ?? limits,
  signal: watch.signal,
  engine: watch.engine,
});

/** Throws Refusal query_cancelled once the reading is not wanted any more. */
export function goOn({ signal }: Desk): void {
  if (signal?.aborted) throw new Refusal('query_cancelled', {});
}
