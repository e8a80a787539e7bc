import type { Transaction } from '../warehouse/warehouse.ts';

/** Opens the records again that a batch had mended; returns how many. */
export async function openAgain(transaction: Transaction, batch: number): Promise<number> {
  const rows = await transaction.query<{ Count: number }>(
    `update raw.quarantine set mended_in = null where mended_in = ${batch}`,
  );
  return Number(rows[0]?.Count ?? 0);
}
