import type { Transaction } from '../../warehouse/warehouse.ts';
import { decide } from './decide.ts';
import type { Known } from './decide.ts';
import { evidenceOf, profileQuery } from './profile.ts';
import type { Filled, Writings } from './writing.ts';

/**
 * Looks at all values of the filled columns of `from`, a relation with their trimmed texts, and decides how each column is
 * written; `witnesses` are further columns that tell how a file writes, under names of their own. Throws Refusal ambiguous_dates, ambiguous_numbers; query_failed, query_cancelled.
 */
export async function lookAt(
  engine: Pick<Transaction, 'query'>,
  from: string,
  filled: readonly Filled[],
  known: Known,
  witnesses: readonly Filled[] = [],
  signal?: AbortSignal,
): Promise<Writings> {
  const looked = [...filled, ...witnesses];
  const query = profileQuery(from, looked);
  if (query === null) return new Map();
  const [row] = await engine.query(query, {}, signal ? { signal } : {});
  return decide(evidenceOf(row ?? {}, looked), filled, known);
}
