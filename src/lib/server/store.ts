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

/** Adds columns that an earlier release's table does not have: name → type. The names are ours, never somebody's. */
export function addColumns(database: DatabaseSync, table: string, columns: Record<string, string>): void {
  const known = new Set(
    database
      .prepare(`pragma table_info(${table})`)
      .all()
      .map((column) => column['name']),
  );
  for (const [name, type] of Object.entries(columns))
    if (!known.has(name)) database.exec(`alter table ${table} add column ${name} ${type}`);
}
