import type { Recognised } from '#lib/exports/recognise.ts';
import { keyOf } from '#lib/exports/tables.ts';
import { cents } from './products.ts';

/** Lines that are to be folded into one row for each key. */
export type Lines = {
  /** A relation with `line`, the filled fields, `problem`, `zoned`, `sum_FIELD` of each summed field (exact), and the unknown columns. */
  from: string;
  list: Pick<Recognised, 'table' | 'sum'>;
  /** The fields that the lines fill. */
  filled: readonly string[];
  /** SQL names of the columns that feed no field. */
  unknown: readonly string[];
};

/** The problem of a line that a rule leaves out. */
export const LEFT_OUT = ':left_out';
/** The problem of a sound line whose sum would lack another one. */
export const INCOMPLETE = ':sum_incomplete';

/**
 * The same lines, where those that are sound but share their key with one that is not have the problem `sum_incomplete`: a
 * sum that silently lacks a line would be wrong. Lines that a rule leaves out spoil nothing. A sum that is no money any more
 * spoils itself.
 */
export function withIncompleteSums({ from, list }: Pick<Lines, 'from' | 'list'>): string {
  const key = keyOf(list.table);
  const tooLarge = list.sum.map(
    (field) => `(count(sum_${field}) filter (where problem is null) > 0 and ${total(field)} is null)`,
  );
  return `
    with spoilt as (
      select ${key.join(', ')}
      from ${from}
      where problem is distinct from '${LEFT_OUT}'
      group by ${key.join(', ')}
      having ${['count(problem) > 0', ...tooLarge].join(' or ')}
    )
    select l.* replace (
      case when l.problem is null and s.${key[0]} is not null then '${INCOMPLETE}' else l.problem end as problem
    )
    from ${from} l left join spoilt s on ${key.map((name) => `l.${name} = s.${name}`).join(' and ')}`;
}

/**
 * One row for each key of the sound lines, and the other lines as they are. A summed field is added up exactly and then
 * rounded to cents once; any other field has its first value in the order of the file; an unknown column stays only where
 * all lines that fill it say the same, since it then belongs to the whole and not to a line.
 */
export function summed({ from, list, filled, unknown }: Lines): string {
  const key = keyOf(list.table);
  const others = filled.filter((field) => !key.includes(field) && !list.sum.includes(field));
  const columns = [...filled, ...unknown, 'line', 'problem', 'zoned', 'rounded'].join(', ');
  const parts = [
    ...key,
    ...others.map((field) => `arg_min(${field}, line) as ${field}`),
    ...list.sum.map((field) => `${total(field)} as ${field}`),
    ...unknown.map(
      (column) => `case when min(${column}) = max(${column}) then min(${column}) end as ${column}`,
    ),
    'min(line) as line',
    'null::varchar as problem',
    `nullif(array_to_string(list_sort(list_distinct(flatten(list(string_split(zoned, ' ')) filter (where zoned is not null)))), ' '), '') as zoned`,
    `coalesce(${list.sum.map((field) => `sum(sum_${field}) <> ${total(field)}`).join(' or ')}, false) as rounded`,
  ];
  return `
    with whole as (
      select ${parts.join(', ')}
      from ${from}
      where problem is null
      group by ${key.join(', ')}
    )
    select ${columns} from whole
    union all by name
    select ${columns} from ${from} where problem is not null`;
}

const total = (field: string): string => cents(`sum(sum_${field}) filter (where problem is null)`);
