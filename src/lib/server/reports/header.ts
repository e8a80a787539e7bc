import { isRole } from '#lib/access/viewer.ts';
import { extents } from './audience.ts';
import type { Audience } from './audience.ts';
import { isOpening, openingOf } from './opening.ts';
import type { OpeningSpec } from './opening.ts';

/** A parameter as its header line describes it. */
export type ParameterSpec = {
  readonly name: string;
  /** SQL type, e.g. `date`, `varchar`, `varchar[]`. */
  readonly type: string;
  /** `segment`: a known field name; `event`: a name under which events say something; `filters`: entries field=value; `contract`: JSON of the contract of that name; else `plain`. */
  readonly kind: (typeof kinds)[number] | 'plain';
  readonly optional: boolean;
  /** The only values there are; of a segment, values that the report knows beside the fields. */
  readonly choices: readonly string[] | null;
  /** Least and greatest value of a number. */
  readonly range: readonly [number, number] | null;
  /** A literal, or the name of a day that the data give: `as_of` or a column of the report data_span. */
  readonly default: string | null;
  readonly about: string;
};

export type ColumnSpec = {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  /** Whom the values tell of: one of the staff, or how to reach a customer; null for neither. */
  readonly tells: 'staff' | 'contact' | null;
  readonly about: string;
};

/**
 * What is counted where somebody may not see single persons. `begun`: only journeys begun in the period count, whatever the
 * question's view; `asked`: as the view says, without one all that moved; `fives`: events, in fives (see `funnelCrowdOf`).
 */
export type Crowd = 'begun' | 'asked' | 'fives';

export type Severity = 'error' | 'warning';

/** A model whose column `sum` adds up what each family brings, and whose column `greatest`, if any, is the greatest of it. */
export type Adding = { readonly sum: string; readonly greatest: string | null };

/** The comment block on top of a file in queries, and the statement below it. */
export type Header = {
  readonly title: string;
  readonly description: string;
  /** Columns that are unique together; empty where there is one row. */
  readonly grain: readonly string[];
  /** Who may ask, and of what it is made for them. */
  readonly audience: Audience;
  /** Which journeys the figures are made of: those begun in the period, or those that came to any step in it. */
  readonly crowd: Crowd;
  /** Whether the text itself leaves out what is not the viewer's (`viewer: in the text`); else its tables are restricted. */
  readonly restrictsItself: boolean;
  /** Parts that the statement needs in front, e.g. asked_journeys; `a = b`: the part b, which others read as a. */
  readonly uses: readonly string[];
  /** Name of the pure function that rows pass through; it stands in the file of src/lib/stats that is called like it. */
  readonly finish: string | null;
  /** Parameters that `finish` works by beside the statement. */
  readonly finishedBy: readonly string[];
  /** Reports of the same parameters whose rows the pure function works on, in a thread of its own; none: the rows are all. */
  readonly fed: readonly string[];
  /** Name of the pure function that makes of the rows of those what `finish` works on; it runs once for each state of the data. */
  readonly fit: string | null;
  /** Set where a report runs on DuckDB only, with the reason. */
  readonly onlyEngine: { readonly engine: string; readonly reason: string } | null;
  readonly severity: Severity;
  /**
   * `view`: never stored, however often it is read; `by size`: a model that is stored until it has many rows, because
   * planning a view takes longer than reading few rows, and writing many longer than reading what they are joined of.
   */
  readonly built: 'table' | 'view' | 'by size';
  /**
   * How a model follows a batch. `rows` (nothing said): each of its rows is of one family of leads, customers and orders,
   * and those of the touched families are replaced. `adding SUM, greatest MAX`: what the families bring is added up.
   * `whole`: built anew when something that it reads has changed.
   */
  readonly refreshed: 'rows' | 'whole' | Adding;
  readonly parameters: readonly ParameterSpec[];
  readonly columns: readonly ColumnSpec[];
  readonly opening: OpeningSpec;
};

export type QueryFile = { readonly header: Header; readonly body: string };

const SINGLE = [
  'grain',
  'audience',
  'viewer',
  'crowd',
  'uses',
  'finish',
  'fed',
  'fit',
  'engine',
  'severity',
  'check',
  'built',
  'refreshed',
] as const;
type Key = (typeof SINGLE)[number];

const PARAMETER =
  /^param (\w+) ([a-z]+(?:\(\d+,\d+\))?(?:\[\])?)((?: \([^)]*\)| optional| segment| event| filters| contract)*)(?: default (\S+))?: (.+)$/;
const COLUMN = /^column (\w+) ([a-z]+(?:\(\d+,\d+\))?(?:\[\])?)( not null)?( staff| contact)?: (.+)$/;

/**
 * Reads a file of queries: `--` lines on top, then one statement. Below the first key (`grain:`
 * and so on) every line must follow the grammar; above it stand the title and the description. Throws an Error that names the file and the line.
 */
export function parseQuery(file: string, text: string): QueryFile {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  const comments = lines
    .slice(0, end < 0 ? lines.length : end)
    .map((line) => line.replace(/^--\s?/, '').trimEnd());
  const body = lines.slice(comments.length).join('\n').trim().replace(/;$/, '');
  if (!body) throw new Error(`${file}: no statement below the header.`);
  return { header: headerOf(file, comments), body };
}

function headerOf(file: string, comments: string[]): Header {
  const plain: string[] = [];
  const keys = new Map<Key, string>();
  const parameters: ParameterSpec[] = [];
  const columns: ColumnSpec[] = [];
  const openings: string[] = [];
  for (const line of comments) {
    const [, key, value] = /^([a-z]+): (.+)$/.exec(line) ?? [];
    if (line.startsWith('param ')) parameters.push(parameterOf(file, line));
    else if (line.startsWith('column ')) columns.push(columnOf(file, line));
    else if (isOpening(line) && keys.size > 0) openings.push(line);
    else if (key !== undefined && value !== undefined && isKey(key) && !keys.has(key)) keys.set(key, value);
    else if (keys.size === 0) plain.push(line);
    else throw new Error(`${file}: cannot read the header line "${line}".`);
  }
  if (!plain[0] && !keys.has('check')) throw new Error(`${file}: the first line of the header is its title.`);
  for (const list of [parameters, columns]) noTwice(file, list);
  return {
    title: keys.get('check') ?? plain[0] ?? '',
    description: plain
      .slice(keys.has('check') ? 0 : 1)
      .join(' ')
      .trim(),
    grain: grainOf(keys.get('grain')),
    audience: audienceOf(file, keys.get('audience') ?? ''),
    crowd: crowdOf(file, keys.get('crowd')),
    restrictsItself: restrictionOf(file, keys.get('viewer')),
    uses: listOf(keys.get('uses')).filter((name) => !name.startsWith('$')),
    ...finishOf(keys.get('finish')),
    fed: listOf(keys.get('fed')),
    fit: keys.get('fit') ?? null,
    onlyEngine: engineOf(file, keys.get('engine')),
    severity: severityOf(file, keys.get('severity')),
    built: builtOf(file, keys.get('built')),
    refreshed: refreshedOf(file, keys.get('refreshed')),
    parameters,
    columns,
    opening: openingOf(file, openings),
  };
}

/** The name of a function, and what it works by: `logRank` or `experimentResults, by planned_units`. */
function finishOf(text = ''): Pick<Header, 'finish' | 'finishedBy'> {
  const [name = '', by] = text.split(', by ');
  return { finish: name === '' ? null : name, finishedBy: listOf(by) };
}

function builtOf(file: string, text: string | undefined): Header['built'] {
  if (text === undefined) return 'table';
  if (text === 'table' || text === 'view' || text === 'by size') return text;
  throw new Error(`${file}: built is table, view or by size, not ${text}.`);
}

function refreshedOf(file: string, text = 'rows'): Header['refreshed'] {
  if (text === 'rows' || text === 'whole') return text;
  const [, sum, greatest] = /^adding (\w+)(?:, greatest (\w+))?$/.exec(text) ?? [];
  if (sum === undefined)
    throw new Error(`${file}: refreshed is whole or "adding COLUMN, greatest COLUMN", not ${text}.`);
  return { sum, greatest: greatest ?? null };
}

function isKey(key: string): key is Key {
  return (SINGLE as readonly string[]).includes(key);
}

function parameterOf(file: string, line: string): ParameterSpec {
  const [, name, type, marks = '', preset, about] = PARAMETER.exec(line) ?? [];
  if (!name || !type || !about) throw new Error(`${file}: cannot read the header line "${line}".`);
  const [, marked] = /\(([^)]*)\)/.exec(marks) ?? [];
  const range = rangeOf(marked);
  const choices = range === null ? (marked?.split('|').map((choice) => choice.trim()) ?? null) : null;
  const kind = kindOf(marks);
  if (choices && preset !== undefined && !choices.includes(preset))
    throw new Error(`${file}: ${name} has the default ${preset}, which is not one of its choices.`);
  if (kind === 'filters' && type !== 'varchar[]')
    throw new Error(`${file}: ${name} must be varchar[] to hold filters.`);
  const optional = / optional/.test(marks);
  return { name, type, kind, optional, choices, range, default: preset ?? null, about };
}

/** What a header may call a parameter that is more than its type. */
const kinds = ['segment', 'event', 'filters', 'contract'] as const;

function kindOf(marks: string): ParameterSpec['kind'] {
  const words = marks.replace(/\([^)]*\)/, '').split(' ');
  return kinds.find((kind) => words.includes(kind)) ?? 'plain';
}

/** `1 .. 500` → 1 to 500. */
function rangeOf(marked: string | undefined): [number, number] | null {
  const [, least, greatest] = /^\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*$/.exec(marked ?? '') ?? [];
  return least === undefined ? null : [Number(least), Number(greatest)];
}

function columnOf(file: string, line: string): ColumnSpec {
  const [, name, type, notNull, tells = '', about] = COLUMN.exec(line) ?? [];
  if (!name || !type || !about) throw new Error(`${file}: cannot read the header line "${line}".`);
  const told = tells.trim();
  return {
    name,
    type,
    notNull: notNull !== undefined,
    tells: told === 'staff' || told === 'contact' ? told : null,
    about,
  };
}

function noTwice(file: string, list: readonly { name: string }[]): void {
  const names = list.map((entry) => entry.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Error(`${file}: ${twice} is described twice.`);
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function grainOf(text: string | undefined): string[] {
  return text === 'one row' ? [] : listOf(text);
}

/** `owner, manager stores; staff own` → the owner sees the whole house, a manager the own stores, staff what is their own. */
function audienceOf(file: string, text: string): Audience {
  const entries = text.split(/[,;]/).map((entry) => entry.trim().split(/ +/));
  return Object.fromEntries(
    entries
      .filter(([role]) => role !== '')
      .map(([role = '', extent = 'house', ...more]) => {
        const known = extents.find((candidate) => candidate === extent);
        if (!isRole(role)) throw new Error(`${file}: the audience ${role} is not known.`);
        if (known === undefined || more.length > 0)
          throw new Error(
            `${file}: ${role} sees the house, stores or own, not ${[extent, ...more].join(' ')}.`,
          );
        return [role, known];
      }),
  );
}

function crowdOf(file: string, text: string | undefined): Crowd {
  if (text === undefined || text === 'begun' || text === 'fives') return text ?? 'asked';
  throw new Error(`${file}: the crowd is begun or fives, not ${text}.`);
}

function restrictionOf(file: string, text: string | undefined): boolean {
  if (text !== undefined && text !== 'in the text')
    throw new Error(`${file}: the viewer restricts the tables, or stands in the text, not ${text}.`);
  return text !== undefined;
}

function engineOf(file: string, text: string | undefined): Header['onlyEngine'] {
  if (text === undefined) return null;
  const [, engine, reason] = /^(\w+), because (.+)$/.exec(text) ?? [];
  if (!engine || !reason)
    throw new Error(`${file}: an engine is named with its reason ("duckdb, because …").`);
  return { engine, reason };
}

function severityOf(file: string, text = 'error'): Severity {
  if (text !== 'error' && text !== 'warning')
    throw new Error(`${file}: severity is error or warning, not ${text}.`);
  return text;
}
