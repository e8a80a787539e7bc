import { Refusal } from '#lib/errors/refusal.ts';
import { findColumn } from './column-names.ts';
import type { Mapping } from './mapping.ts';

type File = { file: string; headers: readonly string[] };

/** How the columns of a file differ from those for which a mapping was decided. */
export type Layout =
  | { kind: 'same' }
  /** Another list under the same name: it has none of the columns that the mapping names. */
  | { kind: 'other' }
  /** Columns are gone or new: a person has to look. */
  | { kind: 'changed'; gone: string[]; fresh: string[] };

/**
 * Compares the columns of a file with those for which a mapping was decided. Columns may stand in another order as long as
 * their headers tell them apart. A mapping that somebody wrote by hand only knows the columns that it names.
 */
export function layoutOf(mapping: Mapping, { file, headers }: File): Layout {
  const named = mapping.lists.flatMap(({ columns }) => Object.values(columns));
  const missing = named.filter((name) => !isThere(file, headers, name));
  const before = mapping.headers;
  if (before === undefined && missing.length === 0) return { kind: 'same' };
  if (before !== undefined && isSame(before, headers)) return { kind: 'same' };
  if (missing.length === named.length) return { kind: 'other' };
  return {
    kind: 'changed',
    gone: before?.filter((header) => !headers.includes(header)) ?? missing,
    fresh: before === undefined ? [] : headers.filter((header) => !before.includes(header)),
  };
}

/** Stands where no column is gone, or none is new; the words then speak of the others only. */
export const NO_COLUMN = '–';

/** Throws Refusal layout_changed where a file has other columns than a mapping was decided for. */
export function refuseChanged(file: string, layout: Layout): void {
  if (layout.kind !== 'changed') return;
  const said = (headers: readonly string[]) => headers.join(', ') || NO_COLUMN;
  throw new Refusal('layout_changed', { file, gone: said(layout.gone), fresh: said(layout.fresh) });
}

function isSame(before: readonly string[], headers: readonly string[]): boolean {
  if (before.length !== headers.length) return false;
  if (before.every((header, at) => header === headers[at])) return true;
  return hasOwnNames(headers) && hasOwnNames(before) && before.every((header) => headers.includes(header));
}

const hasOwnNames = (headers: readonly string[]): boolean =>
  new Set(headers).size === headers.length && !headers.includes('');

function isThere(file: string, headers: readonly string[], name: string): boolean {
  const found = (one: string) =>
    headers.includes(one) || (hasOwnNames(headers) && findColumn(file, headers, one) !== undefined);
  return found(name) || name.split('*').every((part) => found(part.trim()));
}
