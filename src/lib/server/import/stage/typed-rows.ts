import { columnName } from '#lib/exports/column-names.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import type { Field } from '#lib/exports/tables.ts';
import { ELSEWHERE, isFed } from '../mapping/fed.ts';
import { fillings, madeTexts } from '../mapping/fillings.ts';
import type { Filling } from '../mapping/fillings.ts';
import { badFactors, exactAmounts, hasRoundedProduct, productOf } from '../mapping/products.ts';
import { leftOut, unreadableInRules } from '../mapping/rules.ts';
import { LEFT_OUT } from '../mapping/sums.ts';
import { HAS_PLUS, isRounded, movedInstants, problemsOf, readValues } from '../values/read-values.ts';
import type { Finding } from '../values/read-values.ts';
import { isPadded, literal, trimmed, wholeRecord } from '../values/text.ts';
import type { Writings } from '../values/writing.ts';
import type { Head } from '#lib/exports/head.ts';

/** Where DuckDB writes what it could not divide into columns; temporary, on the connection. */
export const ERRORS = 'import_errors';

/** A plain list, the table that it feeds, how its columns are written, and the firm's time zone. */
export type Typing = { path: string; head: Head; recognised: Recognised; writings: Writings; zone: string };

/**
 * The query of all records of a list that can be divided into columns, in the order of the file: the fields that it feeds,
 * typed, and `extra`, `problem` (where something is wrong, as `field:reason` between spaces), `zoned`, `rounded` and, of
 * records with a problem, `cells` (JSON list of its texts). Lines that will be summed have `sum_FIELD`, exact, and the
 * unknown columns instead of `extra`, no defaults, and all of them their cells.
 * Records are not numbered: that would keep DuckDB from reading with more than one thread.
 */
export function typedRows({ path, head, recognised, writings, zone }: Typing): string {
  const filled = fillings(recognised);
  const unknown = unknownColumns(head, recognised);
  const isSummed = recognised.sum.length > 0;
  const fields = filled.map(({ field }) => {
    const value = productOf(field, recognised);
    return `${isSummed ? value : withDefault(field, value)} as ${field.name}`;
  });
  const kept = isSummed
    ? [...recognised.sum.map((name) => `sum_${name}`), ...unknown.map((at) => `t${at}`)]
    : [`${extra(unknown, head.headers)} as extra`];
  return `
    select ${[...fields, ...kept].join(', ')}, problem, zoned, rounded,
      ${cells(head.headers, isSummed ? 'true' : 'problem is not null')} as cells
    from (
      select *, ${problemOf(filled, recognised, writings)} as problem,
        ${listOf(movedInstants(filled, writings))} as zoned, ${isRoundedIn(filled, recognised, writings)} as rounded
      from (${read(texts(path, head, REJECTED), filled, { recognised, writings, zone })})
    )`;
}

/**
 * The columns of a file that feed no field of any of its lists. A factor is kept beside a product, but says nothing any more
 * beside a sum.
 */
export function unknownColumns(
  { headers }: Pick<Head, 'headers'>,
  { columns, factors, sum, elsewhere }: Recognised,
): number[] {
  const summed = sum.length > 0 ? factors.values() : [];
  const used = new Set([...columns.values(), ...summed, ...elsewhere]);
  return headers.map((_, at) => at).filter((at) => !used.has(at));
}

/** A relation of trimmed texts with those that only a plan makes. */
export function withTexts(from: string, filled: readonly Filling[]): string {
  const made = madeTexts(filled);
  return made === '' ? from : `(select * ${made} from ${from})`;
}

function read(
  from: string,
  filled: readonly Filling[],
  { recognised, writings, zone }: Pick<Typing, 'recognised' | 'writings' | 'zone'>,
): string {
  const values = readValues(withTexts(from, filled), filled, writings, zone);
  const amounts = exactAmounts(filled, recognised, writings);
  return amounts === '' ? values : `select * ${amounts} from (${values})`;
}

function problemOf(filled: readonly Filling[], recognised: Recognised, writings: Writings): string {
  const found = listOf([
    ...problemsOf(filled, writings),
    ...badFactors(filled, recognised, writings),
    ...unreadableInRules(recognised, writings),
  ]);
  const arms = [
    ...(recognised.wide === null ? [] : [`when not ${isFed(recognised)} then '${ELSEWHERE}'`]),
    ...(recognised.only.length === 0 ? [] : [`when ${leftOut(recognised, writings)} then '${LEFT_OUT}'`]),
  ];
  return arms.length === 0 ? found : `case ${arms.join(' ')} else ${found} end`;
}

function isRoundedIn(filled: readonly Filling[], recognised: Recognised, writings: Writings): string {
  const asWritten = isRounded(
    filled.filter(({ field }) => !recognised.factors.has(field.name)),
    writings,
  );
  return recognised.factors.size === 0
    ? asWritten
    : `(coalesce(${asWritten}, false) or ${hasRoundedProduct(filled, recognised)})`;
}

const REJECTED = `store_rejects = true, rejects_table = '${ERRORS}', rejects_scan = '${ERRORS}_scan'`;

/** The relation of a plain list's trimmed texts, `t0`, `t1` …, and `HAS_PLUS`, without the records that cannot be divided. */
export function texts(
  path: string,
  { headers, skip, delimiter }: Head,
  broken = 'ignore_errors = true',
): string {
  const names = headers.map((_, at) => `c${at}`);
  const columns = names.map((name) => `${name}: 'varchar'`).join(', ');
  return `(
    select ${names.map((name, at) => `${trimmed(name, 'padded')} as t${at}`).join(', ')}, ${HAS_PLUS}
    from (
      select *, ${isPadded('record')} as padded, contains(record, '+') as ${HAS_PLUS}
      from (
        select *, ${wholeRecord(names)} as record
        from read_csv(${literal(path)}, columns = {${columns}}, auto_detect = false, header = true, skip = ${skip},
          delim = ${literal(delimiter)}, quote = '"', escape = '"', encoding = 'utf-8', nullstr = '', ${broken})
      )
    )
  )`;
}

/** A value, else the default of its field. */
export const withDefault = ({ default: fallback }: Field, value: string): string =>
  fallback === undefined ? value : `coalesce(${value}, ${literal(fallback)})`;

/** The findings that hold, between spaces, null where there is none. */
function listOf(each: readonly Finding[]): string {
  if (each.length === 0) return 'null::varchar';
  const words = each.map(({ when, what }) => `case when ${when} then ${literal(what)} end`);
  const any = each.map(({ when }) => `(${when})`).join(' or ');
  return `case when ${any} then concat_ws(' ', ${words.join(', ')}) end`;
}

/**
 * Columns that the contract does not know, as one JSON object of texts; null where all are empty. In the order of their
 * names: a file whose columns have changed places says the same.
 */
export function extra(columns: readonly number[], headers: readonly string[]): string {
  if (columns.length === 0) return 'null::varchar';
  const texts = columns.map((at) => `t${at}`);
  const named = columns.map((at) => ({ name: columnName(headers, at), at }));
  const pairs = named
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, at }) => `${literal(name)}, t${at}`);
  return `case when coalesce(${texts.join(', ')}) is not null then json_object(${pairs.join(', ')})::varchar end`;
}

/** The texts of a record in the order of the columns, as it can be mended; null where it need not be. */
function cells(headers: readonly string[], when: string): string {
  return `case when ${when} then json_array(${headers.map((_, at) => `t${at}`).join(', ')})::varchar end`;
}
