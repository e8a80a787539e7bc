import { Refusal } from '#lib/errors/refusal.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { App } from '../app.ts';
import { refreshModels } from '../warehouse/touched/refresh.ts';
import { noteTouched } from '../warehouse/touched/touched.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { batchOf } from './ledger.ts';
import { openAgain } from './quarantine.ts';
import { standAside } from './stand.ts';

/**
 * What withdrawing a batch did: `removed` of its records counted until now, and in the place of `restored` of them the
 * row counts again that would without this batch. `opened` records of another batch that it had mended are open again.
 * Batches that mend records of this one are batches of their own: they go on counting, and `mendings` names them.
 */
export type Withdrawn = {
  batch: number;
  table: TableName;
  file: string;
  removed: number;
  restored: number;
  opened: number;
  mendings: number[];
};

/**
 * Which batch to withdraw, as text from an address or command line, and who asks for it: a program may take back only what
 * came into a table with its own token.
 */
export type Withdrawal = {
  batch: string;
  by: string | null;
  only?: { table: TableName; token: string };
};

/**
 * Takes a batch back: marks it as withdrawn and leaves exactly what counted without it, also in the middle of later
 * batches. Its records and its line in the history stay. Throws Refusal unknown_batch, batch_withdrawn.
 */
export async function withdrawBatch(app: App, { batch, by, only }: Withdrawal): Promise<Withdrawn> {
  return app.warehouse.write(async (transaction) => {
    const { id, table, file, isWithdrawn, token } = await batchOf(transaction, batch);
    if (only && (only.table !== table || only.token !== token)) throw new Refusal('unknown_batch', { batch });
    if (isWithdrawn) throw new Refusal('batch_withdrawn', { batch: id, file });
    await transaction.run(
      `update raw.batches set withdrawn_at = $at::timestamp, withdrawn_by = $by::varchar where batch_id = ${id}`,
      { at: app.clock().toISOString().slice(0, -1), by },
    );
    const touched = await noteTouched(transaction);
    const stood = await standAside(transaction, table, id, touched);
    const opened = await openAgain(transaction, id);
    await refreshModels(transaction, touched);
    return { batch: id, table, file, ...stood, opened, mendings: await mendingsOf(transaction, id) };
  });
}

async function mendingsOf(transaction: Transaction, batch: number): Promise<number[]> {
  const rows = await transaction.query<{ batch_id: number }>(
    `select batch_id from raw.batches where mends = ${batch} and withdrawn_at is null order by batch_id`,
  );
  return rows.map(({ batch_id }) => batch_id);
}
