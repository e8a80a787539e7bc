import { Refusal } from '#lib/errors/refusal.ts';

/** What may be handed to a query: dates and timestamps as text, decimals as text or number, lists as arrays. */
export type Argument = string | number | bigint | boolean | null | readonly (string | number | null)[];
export type Arguments = Readonly<Record<string, Argument>>;

/** Parameters of a text by name, with the type of their cast, or null when one stands without. */
export type ParameterTypes = ReadonlyMap<string, string | null>;

const PARTS =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'[^']*'|"[^"]*"|\$([a-z_][a-z0-9_]*)(?:\s*::\s*([a-z]+(?:\s*\(\s*\d+\s*(?:,\s*\d+\s*)?\))?(?:\s*\[\s*\])?))?/gi;
const KEEP = 500;
const LONGEST_KEPT = 100_000;
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
  if (sql.length <= LONGEST_KEPT) known.set(sql, types);
  return types;
}

/** The parameters that stand somewhere in the text without a cast. */
export function uncastParameters(sql: string): string[] {
  const found = [...sql.matchAll(PARTS)].flatMap(([, name, type]) =>
    name !== undefined && type === undefined ? [name] : [],
  );
  return [...new Set(found)];
}

const CLAUSE = String.raw`\w+(?: or \w+)*(?: (?:of|beyond) \w+(?:, \w+)*)?`;
const OPENING = new RegExp(`^[ \\t]*-- with (${CLAUSE}(?:; ${CLAUSE})*)$`);
const ENDING = /^[ \t]*-- end$/;

/**
 * The text without its blocks `-- with NAME or NAME` … `-- end` for which no argument is given (null or an empty list).
 * `-- with NAME or NAME of FIELD, FIELD` goes unless the arguments name one of these fields, `… beyond FIELD, FIELD` unless
 * they name another one. Of several such, parted by `; `, one is enough. Blocks may stand in each other. The rows are the same with and without; what nobody asks for need not
 * be planned, which takes longer than it takes to run, and what has been counted already need not be counted again.
 */
export function withoutIdleBlocks(sql: string, given: Arguments): string {
  const areAsked: boolean[] = [];
  const kept = sql.split('\n').filter((line) => {
    const [, clauses] = OPENING.exec(line) ?? [];
    if (clauses !== undefined)
      return void areAsked.push(clauses.split('; ').some((clause) => isAsked(clause, given)));
    if (areAsked.length > 0 && ENDING.test(line)) return void areAsked.pop();
    return areAsked.every(Boolean);
  });
  return kept.join('\n');
}

function isAsked(clause: string, given: Arguments): boolean {
  const [names = '', relation, listed = ''] = clause.split(/ (of|beyond) /);
  const asked = names.split(' or ').flatMap((name) => fieldsIn(given[name] ?? []));
  return asked.some((field) => listed.split(', ').includes(field) === (relation === 'of'));
}

/**
 * The fields that an argument names: itself, what stands before the `=` of each entry of a list, or of objects in JSON what
 * they say anything of.
 */
function fieldsIn(argument: NonNullable<Argument>): string[] {
  if (Array.isArray(argument))
    return argument.map((entry: Argument) => /^[^=]*/.exec(String(entry))?.[0] ?? '');
  const text = String(argument);
  return text.startsWith('[{') ? fieldsOfObjects(text) : [text];
}

/** A value that says nothing: null, false or an empty list. */
const SILENT = ['null', 'false', '[]'];

function fieldsOfObjects(json: string): string[] {
  try {
    return (JSON.parse(json) as object[]).flatMap((entry) =>
      Object.entries(entry).flatMap(([field, value]) =>
        SILENT.includes(JSON.stringify(value)) ? [] : [field],
      ),
    );
  } catch {
    return [json];
  }
}

/**
 * The text with every parameter replaced by its argument as a quoted literal of the parameter's type, and without idle
 * blocks. Bound values would make DuckDB plan each statement twice, the second time without knowing what they exclude.
 * Throws when an argument is missing, unknown or does not fit its type, and when a parameter has no cast.
 */
export function withArguments(sql: string, given: Arguments): string {
  const types = parametersOf(sql);
  const literals = new Map<string, string>();
  for (const name of Object.keys(given))
    if (!types.has(name)) throw new Error(`The text has no parameter $${name}.`);
  for (const [name, type] of types) {
    const argument = given[name];
    if (argument === undefined) throw new Error(`$${name} has no value.`);
    if (type !== null) literals.set(name, literalOf(name, argument, type));
  }
  if (types.size === 0) return sql;
  return replaceParameters(withoutIdleBlocks(sql, given), (name) => literals.get(name) ?? 'null');
}

/**
 * The text with null for every parameter: what the engine says of its columns is then complete, which it is not while
 * parameters are open.
 */
export function withoutArguments(sql: string): string {
  return replaceParameters(sql, () => 'null');
}

function replaceParameters(sql: string, literal: (name: string) => string): string {
  return sql.replace(PARTS, (part, name?: string, type?: string) => {
    if (name === undefined) return part;
    if (type === undefined) throw new Error(`$${name} stands without a cast.`);
    return `${literal(name)}::${type}`;
  });
}

function literalOf(name: string, argument: Argument, type: string): string {
  if (argument === null) return 'null';
  if (type.endsWith('[]')) {
    if (!Array.isArray(argument)) throw new Error(`$${name} takes a list.`);
    return `[${argument.map((item: Argument) => literalOf(name, item, type.slice(0, -2))).join(', ')}]`;
  }
  if (typeof argument === 'object') throw new Error(`$${name} takes one value, not a list.`);
  const text = String(argument);
  if (type === 'varchar' && text.includes('\0')) throw new Refusal('bad_text', { name });
  if (!fits(text, type)) throw new Error(`$${name} takes a value of type ${type}, not ${text}.`);
  return `'${text.replaceAll("'", "''")}'`;
}

const WHOLE = /^[+-]?\d{1,19}$/;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

function fits(text: string, type: string): boolean {
  switch (type) {
    case 'varchar':
      return true;
    case 'date':
      return daysOf(text) !== undefined;
    case 'timestamp':
      return isInstant(text);
    case 'int':
    case 'integer':
    case 'bigint':
      return WHOLE.test(text);
    case 'double':
      return NUMBER.test(text);
    case 'boolean':
      return text === 'true' || text === 'false';
    default:
      return fitsDecimal(text, type);
  }
}

/** Decimals are taken only as far as they can be kept: nothing is rounded on the way in. */
function fitsDecimal(text: string, type: string): boolean {
  const [, width, scale] = /^decimal\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (width === undefined || scale === undefined)
    throw new Error(`Parameters of type ${type} are not known.`);
  const [, whole, fraction = ''] = /^[+-]?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  return (
    whole !== undefined && whole.length <= Number(width) - Number(scale) && fraction.length <= Number(scale)
  );
}

function isInstant(text: string): boolean {
  const [, day, clock = ''] = /^(\d{4}-\d{2}-\d{2})(?:[T ](.+))?$/.exec(text) ?? [];
  const isClock = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?$/.test(clock);
  return day !== undefined && daysOf(day) !== undefined && (clock === '' || isClock);
}

/** Days from 1970-01-01 to a date written YYYY-MM-DD, or undefined when there is no such date. */
export function daysOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const time = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) return undefined;
  return time / 86_400_000;
}
