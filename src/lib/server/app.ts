import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openNotes } from './notes/notes.ts';
import type { Notes } from './notes/notes.ts';
import { openSettings } from './settings/settings.ts';
import type { Settings } from './settings/settings.ts';
import { prepareWarehouse } from './warehouse/prepare.ts';
import { openWarehouse } from './warehouse/warehouse.ts';
import type { Warehouse } from './warehouse/warehouse.ts';

/** The stores of one data folder, and the clock: what pages, API and command line work on. */
export type App = {
  readonly warehouse: Warehouse;
  readonly settings: Settings;
  readonly notes: Notes;
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
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const warehouse = await openWarehouse({ file: join(data, 'warehouse.duckdb') });
  try {
    await prepareWarehouse(warehouse);
    const store = join(data, 'app.sqlite');
    const settings = openSettings(store);
    const notes = openNotes(store);
    const close = async () => {
      notes.close();
      settings.close();
      await warehouse.close();
    };
    return { warehouse, settings, notes, data, clock, close };
  } catch (error) {
    await warehouse.close();
    throw error;
  }
}
