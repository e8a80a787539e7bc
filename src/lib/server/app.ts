import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { warehouseDdl } from '#lib/exports/ddl.ts';
import { currentTexts } from './reports/texts.ts';
import { fingerprint, rebuildModels } from './warehouse/models.ts';
import { openWarehouse } from './warehouse/warehouse.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/** The stores of one data folder, and the clock: what pages, API and command line work on. */
export type App = {
  readonly warehouse: Warehouse;
  /** The folder that holds warehouse.duckdb and app.sqlite. */
  readonly data: string;
  /** The wall clock; only says how old the data are. */
  readonly clock: () => Date;
  close(): Promise<void>;
};

export type AppOptions = { data: string; clock: () => Date };

/**
 * Opens the stores of a data folder, made where they are missing; models of another release are built anew.
 * Throws Refusal warehouse_busy when another process holds them, store_unreadable when they cannot be opened.
 */
export async function openApp({ data, clock }: AppOptions): Promise<App> {
  mkdirSync(data, { recursive: true });
  const warehouse = await openWarehouse({ file: join(data, 'warehouse.duckdb') });
  try {
    await prepareWarehouse(warehouse);
    return { warehouse, data, clock, close: () => warehouse.close() };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}

/** Makes the tables of a new warehouse, and models that were built from other texts than today's. */
export async function prepareWarehouse(warehouse: Warehouse): Promise<void> {
  const texts = currentTexts();
  const wanted = fingerprint(texts, warehouseDdl());
  const [built] = await warehouse.query<{ models: string | null }>('select models from state.built');
  if (built?.models === wanted) return;
  await warehouse.write(async (transaction) => {
    for (const statement of warehouseDdl()) await transaction.run(statement);
    await rebuildModels(transaction, texts);
    await transaction.run('update state.built set models = $wanted::varchar', { wanted });
  });
}
