import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
} from '@duckdb/node-api';
import type { DuckDBValue } from '@duckdb/node-api';

/**
 * A value as it leaves the warehouse: whole numbers as number (as text beyond 2^53), decimals as text with their scale,
 * dates as YYYY-MM-DD, timestamps as YYYY-MM-DDTHH:MM:SS[.ffffff].
 */
export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/** One row of an answer. */
export type Row = Record<string, Value>;

const DAY_MICROS = 86_400_000_000n;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Turns an engine's value into a plain one. */
export function plainValue(value: DuckDBValue): Value {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'bigint':
      return value <= SAFE && value >= -SAFE ? Number(value) : value.toString();
    default:
      return value === null || value === undefined ? null : plainObject(value);
  }
}

function plainObject(value: NonNullable<Exclude<DuckDBValue, string | number | boolean | bigint>>): Value {
  if (value instanceof DuckDBDateValue) return value.isFinite ? dayText(value.days) : value.toString();
  if (value instanceof DuckDBDecimalValue) return decimalText(value.value, value.scale);
  if (value instanceof DuckDBTimestampValue)
    return value.isFinite ? instantText(value.micros) : value.toString();
  if (value instanceof DuckDBListValue) return value.items.map(plainValue);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(
      Object.entries(value.entries).map(([name, entry]) => [name, plainValue(entry)]),
    );
  return value.toString();
}

/** Days since 1970-01-01 as YYYY-MM-DD. */
export function dayText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, -14);
}

function instantText(micros: bigint): string {
  const inDay = ((micros % DAY_MICROS) + DAY_MICROS) % DAY_MICROS;
  const seconds = Number(inDay / 1_000_000n);
  const fraction = inDay % 1_000_000n;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
  const tail = fraction === 0n ? '' : `.${fraction.toString().padStart(6, '0')}`;
  return `${dayText(Number((micros - inDay) / DAY_MICROS))}T${clock}${tail}`;
}

function decimalText(value: bigint, scale: number): string {
  if (scale === 0) return value.toString();
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
