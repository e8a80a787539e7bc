import { Refusal } from '#lib/errors/refusal.ts';
import { mapping } from '#lib/exports/mapping.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import { openStore } from '../store.ts';

/** A mapping that somebody decided; `source` is the kind of files for which it holds, see `kindOfFile`. */
export type KeptMapping = { source: string; mapping: Mapping; decidedAt: string };

/** The mappings of one data folder, one for each source; kept in app.sqlite. */
export type Mappings = {
  /** All of them in the order of their sources. */
  all(): KeptMapping[];
  find(source: string): KeptMapping | undefined;
  /** Throws Refusal unknown_mapping. */
  get(source: string): KeptMapping;
  /** Puts a mapping in the place of the one that the source had. */
  keep(source: string, mapping: Mapping, at: Date): void;
  /** Throws Refusal unknown_mapping. */
  forget(source: string): void;
  close(): void;
};

const tables = `
  create table if not exists mappings (
    source text primary key,
    mapping text not null,
    decided_at text not null
  ) strict;
`;

/**
 * The kind of a file by its name: this month's file is called as last month's but for its digits, and a browser's second
 * download of it has a number in brackets.
 */
export function kindOfFile(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replace(/^.*[/\\]/s, '')
    .toLowerCase();
  return plain.replace(/(?<!\s)\s*\(\d+\)(?=\.[^.]*$|$)/, '').replace(/\d+/g, '#');
}

/** Opens the mappings in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openMappings(file: string): Mappings {
  const database = openStore(file, tables);
  const every = database.prepare('select source, mapping, decided_at from mappings order by source');
  const one = database.prepare('select source, mapping, decided_at from mappings where source = ?');
  const write = database.prepare(
    `insert into mappings (source, mapping, decided_at) values (?, ?, ?)
     on conflict (source) do update set mapping = excluded.mapping, decided_at = excluded.decided_at`,
  );
  const remove = database.prepare('delete from mappings where source = ?');
  const find = (source: string) => {
    const row = one.get(source);
    return row === undefined ? undefined : keptOf(row);
  };
  return {
    all: () => every.all().flatMap((row) => keptOf(row) ?? []),
    find,
    get: (source) => find(source) ?? unknown(source),
    keep: (source, decided, at) => {
      write.run(source, JSON.stringify(decided), at.toISOString());
    },
    forget: (source) => {
      if (remove.run(source).changes === 0) unknown(source);
    },
    close: () => database.close(),
  };
}

/** A mapping of another release that is none any more is as if it had never been decided. */
function keptOf(row: Record<string, unknown>): KeptMapping | undefined {
  const read = mapping.safeParse(JSON.parse(String(row['mapping'])));
  if (!read.success) return undefined;
  return { source: String(row['source']), mapping: read.data, decidedAt: String(row['decided_at']) };
}

function unknown(source: string): never {
  throw new Refusal('unknown_mapping', { source });
}
