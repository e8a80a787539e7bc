import type { DuckDBConnection } from '@duckdb/node-api';

/** Folders and files by their absolute paths. */
export type Reach = { folders: readonly string[]; files: readonly string[] };

/**
 * Makes every other folder and file unreachable for all statements of an instance, besides its own file and its temporary
 * folder, and locks its settings. Their order matters: the last two cannot be undone.
 */
export async function confine(connection: DuckDBConnection, { folders, files }: Reach): Promise<void> {
  await connection.run(`set allowed_directories = ${listed(folders)}`);
  await connection.run(`set allowed_paths = ${listed(files)}`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

const listed = (paths: readonly string[]): string =>
  `[${paths.map((path) => `'${path.replaceAll("'", "''")}'`).join(', ')}]`;
