/** Functions belong to the whole ClickHouse server: product and version keep two installations apart. */
const PREFIX = 'seven_steps_1_';

const TYPES: Record<string, string> = {
  date: 'Date32',
  timestamp: 'DateTime64(6)',
  varchar: 'String',
  int: 'Int32',
  integer: 'Int32',
  bigint: 'Int64',
  double: 'Float64',
  boolean: 'Bool',
  'varchar[]': 'Array(String)',
};

/** The names that a dialect file defines, in its order. */
export function dialectNames(dialect: string): string[] {
  return [...dialect.matchAll(/^create or replace (?:macro|function) (\w+)/gm)].flatMap(
    ([, name]) => name ?? [],
  );
}

/** Rewrites calls (and definitions) of the dialect's functions to their names on the server. */
export function prefixFunctions(sql: string, names: readonly string[]): string {
  return sql
    .replace(/^(create or replace function )(\w+)/gm, `$1${PREFIX}$2`)
    .replace(new RegExp(`\\b(${names.join('|')})\\(`, 'g'), `${PREFIX}$1(`);
}

/** Rewrites `$name::type` to `{name:Type}`; only parameters called optional may be null, lists never. */
export function rewriteParameters(sql: string, optional: readonly string[]): string {
  return sql.replace(
    /\$([a-z_][a-z0-9_]*)::([a-z]+(?:\(\d+,\s*\d+\))?(?:\[\])?)/g,
    (_, name: string, type: string) => `{${name}:${clickHouseType(type, optional.includes(name))}}`,
  );
}

/** Rewrites casts whose plain name means a narrower type there: `date` begins in 1970, `timestamp` has no fractions. */
export function rewriteCasts(sql: string): string {
  return sql.replace(/::date\b/g, '::Date32').replace(/::timestamp\b/g, "::DateTime64(6, 'UTC')");
}

/** ClickHouse's name of a type that a text casts to. */
export function clickHouseType(type: string, mayBeNull: boolean): string {
  const plain = TYPES[type] ?? (type.startsWith('decimal') ? `D${type.slice(1)}` : undefined);
  if (!plain) throw new Error(`ClickHouse has no type for ${type}.`);
  return mayBeNull && !type.endsWith('[]') ? `Nullable(${plain})` : plain;
}
