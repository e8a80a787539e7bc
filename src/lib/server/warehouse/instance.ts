import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Refusal } from '#lib/errors/refusal.ts';
import { queriesPath } from '../project.ts';
import { confine } from './confine.ts';

export const MEMORY = ':memory:';

/** Where the facts lie and what the engine may use. `memoryLimit` as DuckDB writes it, e.g. `2GB`. */
export type InstanceOptions = {
  file: string;
  threads?: number;
  memoryLimit?: string;
  temporary?: string;
  /** The only folders that statements may read or write besides the file itself; all when not given. */
  folders?: readonly string[];
};

/**
 * Opens a DuckDB file (or memory) that no other process holds and gives it the dialect's functions. What a process that
 * was killed had moved from its memory to the disk is removed.
 * Throws Refusal warehouse_busy when another process holds the file, store_unreadable when it cannot be opened.
 */
export async function openInstance(options: InstanceOptions): Promise<DuckDBInstance> {
  const file = options.file === MEMORY ? MEMORY : resolve(options.file);
  if (file !== MEMORY) mkdirSync(dirname(file), { recursive: true });
  const given = settings(options, file);
  const instance = await create(file, given);
  if (file !== MEMORY) rmSync(given.temp_directory, { recursive: true, force: true });
  await prepare(instance, options.folders);
  return instance;
}

async function create(file: string, given: Record<string, string>): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(file, given);
  } catch (error) {
    const held = error instanceof Error && error.message.includes('Could not set lock');
    throw new Refusal(held ? 'warehouse_busy' : 'store_unreadable', { file }, error);
  }
}

/** Nothing is fetched from elsewhere. */
function settings(
  { threads, memoryLimit, temporary }: InstanceOptions,
  file: string,
): Record<string, string> & { temp_directory: string } {
  return {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    storage_compatibility_version: 'v1.5.0',
    // Rows that come in the order of a file leave row groups that are too small, and the next checkpoint writes all of them anew.
    preserve_insertion_order: 'false',
    temp_directory:
      temporary ?? (file === MEMORY ? join(tmpdir(), `seven-steps-${process.pid}`) : `${file}.tmp`),
    ...(threads === undefined ? {} : { threads: String(threads) }),
    ...(memoryLimit === undefined ? {} : { memory_limit: memoryLimit }),
  };
}

const STATE = `
  create schema if not exists state;
  create table if not exists state.data_version (version bigint not null);
  insert into state.data_version select 0 where not exists (select 1 from state.data_version);
  create table if not exists state.built (models varchar);
  insert into state.built select null where not exists (select 1 from state.built);
  create table if not exists state.erased (list varchar, through bigint not null);
  insert into state.erased select null, 0 where not exists (select 1 from state.erased);
`;

async function prepare(instance: DuckDBInstance, folders: InstanceOptions['folders']): Promise<void> {
  const connection = await instance.connect();
  try {
    await connection.run(readFileSync(queriesPath('dialect.duckdb.sql'), 'utf8'));
    await connection.run(STATE);
    if (folders) await confine(connection, { folders, files: [] });
  } finally {
    connection.closeSync();
  }
}
