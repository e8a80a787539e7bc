import { Refusal } from '#lib/errors/refusal.ts';
import { specNamed } from '#lib/server/reports/by-name.ts';
import { asCsv, cellOf, rowsAsCsv } from '#lib/server/reports/csv.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly } from './arguments.ts';
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
  const rows = answer.rows.map((row) => spec.columns.map(({ name: column }) => cellOf(row[column])));
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
