import { DatabaseSync } from 'node:sqlite';
import { Refusal } from '#lib/errors/refusal.ts';

/**
 * Opens the application's own store (app.sqlite), made where it is missing, and runs `tables`: statements that make
 * what is not there yet. Throws Refusal store_unreadable.
 */
export function openStore(file: string, tables: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file);
    database.exec(`
      pragma journal_mode = wal;
      pragma busy_timeout = 5000;
      ${tables}
    `);
    return database;
  } catch (error) {
    throw new Refusal('store_unreadable', { file }, error);
  }
}
