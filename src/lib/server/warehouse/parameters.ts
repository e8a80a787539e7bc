import {
  BIGINT,
  BOOLEAN,
  DATE,
  DECIMAL,
  DOUBLE,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBTimestampValue,
  INTEGER,
  LIST,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import type { DuckDBType, DuckDBValue } from '@duckdb/node-api';

/** What may be handed to a query: dates and timestamps as text, decimals as text or number, lists as arrays. */
export type Argument = string | number | bigint | boolean | null | readonly (string | number | null)[];
export type Arguments = Readonly<Record<string, Argument>>;

/** Parameters of a text by name, with the type of their cast, or null when one stands without. */
export type ParameterTypes = ReadonlyMap<string, string | null>;

const PARTS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([a-z_][a-z0-9_]*)(?:\s*::\s*([a-z]+(?:\s*\(\s*\d+\s*(?:,\s*\d+\s*)?\))?(?:\s*\[\s*\])?))?/gi;
const KEEP = 500;
const known = new Map<string, ParameterTypes>();

/**
 * Reads `$name::type` from a text; comments and quoted text are passed over. The types come from here and not from the
 * engine, which forgets them where a second, implicit cast follows.
 * Throws when one parameter is cast to two types.
 */
export function parametersOf(sql: string): ParameterTypes {
  const seen = known.get(sql);
  if (seen) return seen;
  const types = new Map<string, string | null>();
  for (const [, name, type] of sql.matchAll(PARTS)) {
    if (name === undefined) continue;
    const next = type === undefined ? null : type.replace(/\s+/g, '').toLowerCase();
    const before = types.get(name);
    if (before !== undefined && before !== null && next !== null && before !== next)
      throw new Error(`$${name} is cast to ${before} and to ${next}.`);
    types.set(name, next ?? before ?? null);
  }
  if (known.size >= KEEP) known.clear();
  known.set(sql, types);
  return types;
}

export type Bound = { values: Record<string, DuckDBValue>; types: Record<string, DuckDBType | undefined> };

/** Converts the arguments of one call. Throws when one is missing, unknown or does not fit its type. */
export function bind(parameters: ParameterTypes, given: Arguments): Bound {
  const bound: Bound = { values: {}, types: {} };
  for (const name of Object.keys(given))
    if (!parameters.has(name)) throw new Error(`The text has no parameter $${name}.`);
  for (const [name, type] of parameters) {
    const argument = given[name];
    if (argument === undefined) throw new Error(`$${name} has no value.`);
    bound.values[name] = engineValue(name, argument, type);
    bound.types[name] = type === null ? undefined : engineType(type);
  }
  return bound;
}

function engineType(type: string): DuckDBType {
  if (type.endsWith('[]')) return LIST(engineType(type.slice(0, -2)));
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(type);
  if (decimal) return DECIMAL(Number(decimal[1]), Number(decimal[2]));
  const simple = {
    date: DATE,
    timestamp: TIMESTAMP,
    varchar: VARCHAR,
    int: INTEGER,
    integer: INTEGER,
    bigint: BIGINT,
  };
  const found = { ...simple, double: DOUBLE, boolean: BOOLEAN }[type];
  if (!found) throw new Error(`Parameters of type ${type} are not known.`);
  return found;
}

function engineValue(name: string, argument: Argument, type: string | null): DuckDBValue {
  if (argument === null) return null;
  if (type !== null && type.endsWith('[]')) {
    if (!Array.isArray(argument)) throw new Error(`$${name} takes a list.`);
    return new DuckDBListValue(argument.map((item: Argument) => engineValue(name, item, type.slice(0, -2))));
  }
  if (typeof argument === 'object') throw new Error(`$${name} takes one value, not a list.`);
  if (type === 'date') return dateOf(name, argument);
  if (type === 'timestamp') return instantOf(name, argument);
  if (type?.startsWith('decimal')) return decimalOf(name, argument, type);
  if (type === 'varchar') return String(argument);
  if (type === 'bigint') return BigInt(argument);
  if (type === 'boolean' && typeof argument !== 'boolean') throw new Error(`$${name} takes true or false.`);
  if ((type === 'int' || type === 'integer' || type === 'double') && typeof argument !== 'number')
    throw new Error(`$${name} takes a number.`);
  return argument;
}

function dateOf(name: string, argument: string | number | bigint | boolean): DuckDBDateValue {
  const days = daysOf(String(argument));
  if (days === undefined) throw new Error(`$${name} takes a date (YYYY-MM-DD), not ${String(argument)}.`);
  return new DuckDBDateValue(days);
}

/** Days from 1970-01-01 to a date written YYYY-MM-DD, or undefined when there is no such date. */
export function daysOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return time / 86_400_000;
}

function instantOf(name: string, argument: string | number | bigint | boolean): DuckDBTimestampValue {
  const [, day, hour, minute, second = '0', fraction = ''] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?)?$/.exec(String(argument)) ?? [];
  const days = day === undefined ? undefined : daysOf(day);
  if (days === undefined) throw new Error(`$${name} takes a timestamp, not ${String(argument)}.`);
  const seconds = days * 86_400 + Number(hour ?? 0) * 3600 + Number(minute ?? 0) * 60 + Number(second);
  return new DuckDBTimestampValue(BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0')));
}

function decimalOf(
  name: string,
  argument: string | number | bigint | boolean,
  type: string,
): DuckDBDecimalValue {
  const [width = 18, scale = 0] = (type.match(/\d+/g) ?? []).map(Number);
  const [, sign, whole, fraction = ''] = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(String(argument)) ?? [];
  if (whole === undefined || fraction.length > scale)
    throw new Error(`$${name} takes a decimal with at most ${scale} places, not ${String(argument)}.`);
  const value = BigInt(whole + fraction.padEnd(scale, '0'));
  return new DuckDBDecimalValue(sign === '-' ? -value : value, width, scale);
}

/** The parameters that stand somewhere in the text without a cast. */
export function uncastParameters(sql: string): string[] {
  const found = [...sql.matchAll(PARTS)].flatMap(([, name, type]) =>
    name !== undefined && type === undefined ? [name] : [],
  );
  return [...new Set(found)];
}

/**
 * The text with null for every parameter that has a cast: what the engine says of its columns is then complete, which
 * it is not while parameters are open.
 */
export function withoutParameters(sql: string): string {
  return sql.replace(PARTS, (part, name?: string, type?: string) =>
    name === undefined || type === undefined ? part : `null::${type}`,
  );
}
