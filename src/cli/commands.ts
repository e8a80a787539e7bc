import { basename, resolve } from 'node:path';
import { Refusal } from '#lib/errors/refusal.ts';
import { visible } from '#lib/exports/visible.ts';
import { specNamed } from '#lib/server/reports/by-name.ts';
import { asCsv, rowsAsCsv } from '#lib/server/reports/csv.ts';
import type { Cell } from '#lib/server/reports/csv.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Imported } from '#lib/server/import/import-files.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly, single, splitOnce } from './arguments.ts';
import type { Arguments } from './arguments.ts';
import { doAt } from './place.ts';
import type { Place } from './place.ts';
import { asTable } from './table-text.ts';

export type Format = 'table' | 'json' | 'csv';

/** The result for stdout, the messages for stderr, and whether the work failed although there is a result. */
export type Outcome = { out: string; messages: string[]; failed?: boolean };

export type Call = { arguments: Arguments; place: Place; format: Format; locale: Locale };

const done = (out: string, messages: string[] = []): Outcome => ({ out, messages });
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export async function importCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, ['table', 'map', 'dry-run']);
  if (given.words.length === 0) throw new Refusal('usage', { detail: 'import FILE…' });
  const imported = await doAt(place, {
    kind: 'import',
    files: given.words.map((name) => ({ name, path: resolve(name) })),
    table: single(given, 'table'),
    map: readMap(given.options.get('map') ?? []),
    dryRun: given.flags.has('dry-run'),
  });
  const useless = imported.summaries.filter(({ read, rejected }) => rejected === read);
  const messages = [
    ...rejectMessages(imported, locale),
    ...roundedMessages(imported, locale),
    ...useless.map(({ file }) => word(locale, 'command.all_rejected', { file: nameOf(file) })),
    ...(given.flags.has('dry-run') ? [word(locale, 'command.nothing_kept')] : []),
  ];
  return { out: importTable(imported, format, locale), messages, failed: useless.length > 0 };
}

function importTable({ summaries }: Imported, format: Format, locale: Locale): string {
  if (format === 'json') return json(summaries);
  const columns = [
    'file',
    'table',
    'batch',
    'read',
    'loaded',
    'replaced',
    'unchanged',
    'superseded',
    'rejected',
  ] as const;
  const rows = summaries.map((summary) =>
    columns.map((column) => (column === 'file' ? nameOf(summary.file) : summary[column])),
  );
  if (format === 'csv') return asCsv(columns, rows);
  return asTable(
    columns.map((column) => word(locale, `import.${column}`)),
    rows,
  );
}

const nameOf = (file: string): string => visible(basename(file));

/** `lead_id=编号,created_at=日期`; a header with a comma in it goes into a --map of its own. */
function readMap(texts: readonly string[]): Record<string, string> | undefined {
  if (texts.length === 0) return undefined;
  const pairs = texts
    .flatMap((text) => text.split(/,(?=[^,=]+=)/))
    .map((pair) => {
      const [field, header] = splitOnce(pair, '=');
      if (header === undefined || field.trim() === '' || header.trim() === '')
        throw new Refusal('bad_map', { text: pair });
      return [field.trim(), header.trim()] as const;
    });
  return Object.fromEntries(pairs);
}

/** Rejected records that are shown one by one. */
const SHOWN = 20;

function rejectMessages({ summaries, rejects }: Imported, locale: Locale): string[] {
  return summaries.flatMap(({ file, rejected }, at) => {
    if (rejected === 0) return [];
    const lines = (rejects[at] ?? []).slice(0, SHOWN).map(({ line, column, reason, raw }) => {
      const where = {
        file: nameOf(file),
        line,
        column: column === null ? word(locale, 'command.whole_record') : visible(column),
        reason: word(locale, `reject.${reason}`),
      };
      return `${word(locale, 'command.rejected', where)}\n    ${visible(raw)}`;
    });
    return [...lines, word(locale, 'command.more_rejected', { file: nameOf(file), rejected })];
  });
}

function roundedMessages({ summaries, rounded }: Imported, locale: Locale): string[] {
  return summaries.flatMap(({ file }, at) => {
    const count = rounded[at] ?? 0;
    return count === 0 ? [] : [word(locale, 'command.rounded', { file: nameOf(file), count })];
  });
}

export async function reportCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  const [name, ...rest] = given.words;
  if (name === undefined || rest.length > 0) throw new Refusal('usage', { detail: 'report NAME' });
  if (given.flags.has('dry-run')) throw new Refusal('usage', { detail: '--dry-run' });
  const spec = specNamed(name);
  const own = [...given.options].filter(([option]) => option !== 'format' && option !== 'lang');
  const answer = await doAt(place, {
    kind: 'report',
    name,
    parameters: Object.fromEntries(own.map(([option, values]) => [option.replaceAll('-', '_'), values])),
  });
  if (format === 'json') return done(json(answer));
  if (format === 'csv') return done(rowsAsCsv(spec.columns, answer.rows));
  const rows = answer.rows.map((row) => spec.columns.map(({ name: column }) => row[column] as Cell));
  return done(asTable(columnTitles(spec, locale), rows));
}

function columnTitles(spec: ReportSpec, locale: Locale): string[] {
  return spec.columns.map((column) => word(locale, `report.${spec.name}.${column.name}`));
}

export function reportsCommand({ arguments: given, format, locale }: Call): Outcome {
  allowOnly(given, []);
  const rows = Object.keys(reportSpecs).map((name) => ({
    name,
    title: word(locale, `report.${name}.title`),
  }));
  return rowsOut(rows, format);
}

export async function getCommand({ arguments: given, place, format }: Call): Promise<Outcome> {
  allowOnly(given, []);
  const [name, ...rest] = given.words;
  if (rest.length > 0) throw new Refusal('usage', { detail: 'get [KEY]' });
  return settingsOut(await doAt(place, { kind: 'get', name }), format);
}

export async function setCommand({ arguments: given, place, format }: Call): Promise<Outcome> {
  allowOnly(given, []);
  const [name, value, ...rest] = given.words;
  if (name === undefined || value === undefined || rest.length > 0)
    throw new Refusal('usage', { detail: 'set KEY VALUE' });
  return settingsOut(await doAt(place, { kind: 'set', name, value }), format);
}

function settingsOut(values: Record<string, string>, format: Format): Outcome {
  if (format === 'json') return done(json(values));
  return rowsOut(
    Object.entries(values).map(([name, value]) => ({ name, value })),
    format,
  );
}

function rowsOut(rows: readonly Record<string, string>[], format: Format): Outcome {
  if (format === 'json') return done(json(rows));
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => row[column] ?? null));
  return done(format === 'csv' ? asCsv(columns, cells) : asTable(columns, cells));
}
