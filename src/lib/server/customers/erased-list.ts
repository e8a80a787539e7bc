import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { openStore } from '../store.ts';

/** What is kept of an erased person: the keyed hash of something that names them, and the part of the rows to be hashed for it. */
export type Listed = { hash: string; bucket: number };

/** What the key gives for a text that never changes: tells whether it is still the same key, and the same engine. */
export type Probe = Listed;

/** Whom a studio has erased, as hashes nobody can read without the key. Kept in app.sqlite, beside the warehouse. */
export type ErasedList = {
  /** Tells this list from that of another studio. */
  readonly id: string;
  isEmpty(): boolean;
  /** The number of the last erasure; 0 when there is none. */
  through(): number;
  all(): Listed[];
  /** The probe of the key that all are hashed with; undefined while there is none. */
  probe(): Probe | undefined;
  /** Adds a person for good. With another bucket for the same key, buckets tell nothing any more. */
  add(person: readonly Listed[], probe: Probe, now: Date): void;
  /** From now on `work` runs after somebody was erased. */
  afterErasing(work: () => Promise<void>): void;
  /** Runs what was left for after an erasure. */
  erased(): Promise<void>;
  close(): void;
};

/** The bucket of a probe that no engine gives. */
const NO_BUCKET = -1;

const tables = `
  create table if not exists erased_list (id text not null, probe text, bucket integer) strict;
  create table if not exists erasures (no integer primary key, at text not null) strict;
  create table if not exists erased_hashes (
    hash text primary key,
    bucket integer not null,
    erasure integer not null
  ) strict, without rowid;
`;

/** Opens the list of the erased in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openErasedList(file: string): ErasedList {
  const database = openStore(file, tables);
  const id = idOf(database);
  const some = database.prepare('select 1 from erasures limit 1');
  const last = database.prepare('select coalesce(max(no), 0) as no from erasures');
  const all = database.prepare('select hash, bucket from erased_hashes order by hash');
  const probe = database.prepare('select probe, bucket from erased_list where probe is not null');
  const erasure = database.prepare('insert into erasures (at) values (?)');
  const hash = database.prepare(
    'insert into erased_hashes (hash, bucket, erasure) values (?, ?, ?) on conflict (hash) do nothing',
  );
  const setProbe = database.prepare('update erased_list set probe = ?, bucket = ?');
  const following: (() => Promise<void>)[] = [];

  const known = (): Probe | undefined => {
    const row = probe.get();
    return row && { hash: String(row['probe']), bucket: Number(row['bucket']) };
  };
  const add: ErasedList['add'] = (person, given, now) => {
    database.exec('begin immediate');
    try {
      const { lastInsertRowid } = erasure.run(now.toISOString());
      for (const one of person) hash.run(one.hash, one.bucket, lastInsertRowid);
      const before = known();
      const isSame = before === undefined || before.bucket === given.bucket;
      setProbe.run(given.hash, isSame ? given.bucket : NO_BUCKET);
      database.exec('commit');
    } catch (error) {
      database.exec('rollback');
      throw error;
    }
  };
  return {
    id,
    isEmpty: () => some.get() === undefined,
    through: () => Number(last.get()?.['no'] ?? 0),
    all: () => all.all().map((row) => ({ hash: String(row['hash']), bucket: Number(row['bucket']) })),
    probe: known,
    add,
    afterErasing: (work) => void following.push(work),
    erased: async () => {
      await Promise.all(following.map((work) => work()));
    },
    close: () => database.close(),
  };
}

function idOf(database: DatabaseSync): string {
  database
    .prepare('insert into erased_list (id) select ? where not exists (select 1 from erased_list)')
    .run(randomUUID());
  return String(database.prepare('select id from erased_list').get()?.['id']);
}
