import {
  Bool,
  DateDay,
  Decimal,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  TimestampMicrosecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import type { Data, DataType } from 'apache-arrow';
import type { Row, Value } from '../warehouse/values.ts';
import type { ColumnSpec } from './header.ts';

export const ARROW_TYPE = 'application/vnd.apache.arrow.stream';

const DAY_MS = 86_400_000;
const WORD = 0xffff_ffffn;

/**
 * The rows of a report as an Arrow stream of one batch: whole numbers as int64, money as decimal128 with its scale,
 * dates as days, instants as microseconds without a zone (the firm's wall clock), lists as JSON text. `about` becomes
 * the schema's metadata. Readers: apache-arrow, pyarrow, polars, DuckDB.
 */
export function rowsAsArrow(
  columns: readonly ColumnSpec[],
  rows: readonly Row[],
  about: Readonly<Record<string, string>>,
): Uint8Array {
  const data = columns.map(({ name, type }) =>
    dataOf(
      type,
      rows.map((row) => row[name] ?? null),
    ),
  );
  const fields = columns.map(({ name, notNull }, at) => new Field(name, typeAt(data, at), !notNull));
  const schema = new Schema(fields, new Map(Object.entries(about)));
  const batch = makeData({ type: new Struct(fields), length: rows.length, nullCount: 0, children: data });
  return tableToIPC(new Table([new RecordBatch(schema, batch)]), 'stream');
}

function typeAt(data: readonly Data[], at: number): DataType {
  const type: DataType | undefined = data[at]?.type as DataType | undefined;
  if (type === undefined) throw new Error(`There is no column ${at}.`);
  return type;
}

function dataOf(type: string, values: readonly Value[]): Data {
  const frame = { length: values.length, ...validityOf(values) };
  const [, precision, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined && scale !== undefined)
    return makeData({
      type: new Decimal(Number(scale), Number(precision), 128),
      ...frame,
      data: wordsOf(values.map((value) => unscaled(value, Number(scale)))),
    });
  switch (type) {
    case 'bigint':
    case 'integer':
    case 'int':
      return makeData({ type: new Int64(), ...frame, data: BigInt64Array.from(values, wholeOf) });
    case 'double':
      return makeData({ type: new Float64(), ...frame, data: Float64Array.from(values, Number) });
    case 'date':
      return makeData({ type: new DateDay(), ...frame, data: Int32Array.from(values, dayOf) });
    case 'timestamp':
      return makeData({
        type: new TimestampMicrosecond(),
        ...frame,
        data: BigInt64Array.from(values, microsOf),
      });
    case 'boolean':
      return makeData({ type: new Bool(), ...frame, data: bitsOf(values.map((value) => value === true)) });
    default:
      return textsOf(values);
  }
}

function validityOf(values: readonly Value[]): { nullCount: number; nullBitmap: Uint8Array } {
  const present = values.map((value) => value !== null);
  return { nullCount: present.filter((here) => !here).length, nullBitmap: bitsOf(present) };
}

function bitsOf(flags: readonly boolean[]): Uint8Array {
  const bits = new Uint8Array(Math.ceil(flags.length / 64) * 8);
  flags.forEach((flag, at) => {
    if (flag) bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
  });
  return bits;
}

function textsOf(values: readonly Value[]): Data {
  const texts = values.map((value) =>
    value === null || typeof value === 'string' ? value : JSON.stringify(value),
  );
  const [data] = vectorFromArray(texts, new Utf8()).data;
  if (data === undefined) throw new Error('A column of text came out without data.');
  return data;
}

function wholeOf(value: Value): bigint {
  return value === null ? 0n : BigInt(value as string | number);
}

function dayOf(value: Value): number {
  return value === null ? 0 : Date.parse(`${String(value)}T00:00:00Z`) / DAY_MS;
}

/** `YYYY-MM-DDTHH:MM:SS[.ffffff]` as microseconds since 1970. */
function microsOf(value: Value): bigint {
  if (value === null) return 0n;
  const [seconds = '', fraction = ''] = String(value).split('.');
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6) || '0');
}

/** Decimal text as a whole number of its smallest unit. */
function unscaled(value: Value, scale: number): bigint {
  if (value === null) return 0n;
  const [whole = '0', fraction = ''] = String(value).split('.');
  const digits = BigInt(whole.replace('-', '') + fraction.padEnd(scale, '0').slice(0, scale));
  return whole.startsWith('-') ? -digits : digits;
}

/** 128-bit two's complement numbers as little-endian words of 32 bits. */
function wordsOf(numbers: readonly bigint[]): Uint32Array {
  return Uint32Array.from(
    numbers.flatMap((number) => [0n, 32n, 64n, 96n].map((shift) => Number((number >> shift) & WORD))),
  );
}
