import { totalmem } from 'node:os';
import { Refusal } from '#lib/errors/refusal.ts';

/**
 * What DuckDB may take in the house's process and in the one that reads files, as it writes it; and what the latter may take
 * beside its DuckDB for what a file holds, in megabytes.
 */
export type MemoryShares = { warehouse: string; reader: string; readerHeap: number };

const MEGABYTE = 1e6;
/** What the two processes take beside DuckDB. */
const AROUND_MB = 500;
/** Of what is left; the rest is what DuckDB takes beyond what it counts. */
const SHARES = { warehouse: 0.55, reader: 0.25 };
/** Of all. The least is what a reader needs that meets no extraordinary file; more than the most is of no use to any. */
const HEAP = { share: 0.15, least: 192, most: 2048 };
/** Of the machine's memory, where nobody says how much may be taken. */
const OF_MACHINE = 0.8;

/**
 * How the memory is shared out that SEVENSTEPS_MEMORY names (`3GB`, `1500MB`), else four fifths of the machine's.
 * Throws Refusal bad_setting.
 */
export function memoryShares(
  { SEVENSTEPS_MEMORY: named }: NodeJS.ProcessEnv,
  machine = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY),
): MemoryShares {
  const whole = named ? megabytesIn(named) : (machine * OF_MACHINE) / MEGABYTE;
  const left = Math.max(whole - AROUND_MB, whole / 2);
  const share = (part: number) => `${Math.floor(left * part)}MB`;
  const heap = Math.floor(Math.min(Math.max(whole * HEAP.share, HEAP.least), HEAP.most));
  return { warehouse: share(SHARES.warehouse), reader: share(SHARES.reader), readerHeap: heap };
}

function megabytesIn(text: string): number {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*(MB|GB)\s*$/i.exec(text) ?? [];
  const megabytes = Number(number) * (unit.toUpperCase() === 'GB' ? 1000 : 1);
  if (!(megabytes >= 500))
    throw new Refusal('bad_setting', { name: 'SEVENSTEPS_MEMORY', value: text, expected: '500MB …, 3GB …' });
  return megabytes;
}
