import { Refusal } from '#lib/errors/refusal.ts';
import { fieldsByValues } from './fields-by-values.ts';
import { moneyIn } from './money-in.ts';
import { decide, recognise, refuseMissing } from './recognise.ts';
import type { Recognised, Wish } from './recognise.ts';
import { sellerOrStore } from './seller-or-store.ts';
import type { KnownNames } from './seller-or-store.ts';

/** A file that was looked at: its headers, some of its records, and the names that are known already. */
export type Seen = {
  file: string;
  headers: readonly string[];
  sample: readonly (readonly string[])[];
  known: KnownNames;
};

export type Besides = Pick<Wish, 'table' | 'named' | 'given'> & {
  /** Columns that must not be taken by their values, because they are used otherwise. */
  used?: readonly number[];
};

/**
 * Finds the table of a file and the column of each field: by the headers, and by the values where a header says nothing or
 * may mean two fields; and which of its records are none, as far as the list says so by itself.
 * Throws Refusal missing_required_column, ambiguous_column and those of `recognise`.
 */
export function recogniseBySample(seen: Seen, { used = [], ...wish }: Besides = {}): Recognised {
  const byHeaders = recognise({ ...seen, ...wish });
  const decided = byHeaders.undecided.reduce(
    (list, column) => decidedByValues(list, column, seen),
    byHeaders,
  );
  const columns = withValues(decided, seen, wish.given ?? [], used);
  refuseMissing(seen.file, decided.table, columns, new Set(wish.given));
  const only = moneyIn(decided.table, seen.headers, seen.sample);
  return { ...decided, columns, only };
}

function withValues(
  { table, columns }: Recognised,
  { headers, sample, known }: Seen,
  given: readonly string[],
  used: readonly number[],
): ReadonlyMap<string, number> {
  const taken = new Set([...columns.values(), ...used]);
  const free = headers.map((_, at) => at).filter((at) => !taken.has(at));
  const isTaken = (field: string) => columns.has(field) || given.includes(field);
  return new Map([...columns, ...fieldsByValues(table, isTaken, { sample, free, known })]);
}

function decidedByValues(
  list: Recognised,
  column: number,
  { file, headers, sample, known }: Seen,
): Recognised {
  const values = sample.map((row) => row[column] ?? '');
  const field = sellerOrStore(values, known);
  if (field !== null) return decide(list, column, field, { file, headers });
  const some = [...new Set(values)].filter((value) => value !== '').slice(0, 5);
  throw new Refusal('ambiguous_column', { file, header: headers[column] ?? '', values: some.join(', ') });
}
