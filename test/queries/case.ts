import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { ledgerNames } from '#lib/exports/ddl.ts';
import type { LedgerName } from '#lib/exports/ddl.ts';
import { fieldsOf, isTableName, tableNames } from '#lib/exports/tables.ts';
import type { TableName } from '#lib/exports/tables.ts';
import type { Standing, Viewer } from '#lib/access/viewer.ts';
import { MACHINE } from '#lib/server/reports/audience.ts';
import type { Argument } from '#lib/server/warehouse/parameters.ts';

/** A record of a given file: canonical columns as text (null where empty), the rest as JSON in `extra`. */
export type GivenRow = Readonly<Record<string, string | null>>;

/** What a case gives: exports, and the ledger of batches and rejects. */
export type GivenName = TableName | LedgerName;

export type Given = ReadonlyMap<GivenName, readonly GivenRow[]>;

/** Every table that a case may give, and where it lies. */
export const givenPlaces: readonly (readonly [GivenName, string])[] = [
  ...tableNames.map((name) => [name, `exports.${name}`] as const),
  ...ledgerNames.map((name) => [name, `raw.${name}`] as const),
];

/** One folder test/queries/REPORT/CASE: given exports, parameters, and the rows that must come out. */
export type Case = {
  readonly report: string;
  readonly name: string;
  readonly folder: string;
  readonly given: Given;
  readonly params: Readonly<Record<string, Argument>>;
  /** Who asks: viewer.json, else the owner. */
  readonly viewer: Viewer;
  readonly expected: { readonly columns: readonly string[]; readonly rows: readonly (string | null)[][] };
};

/** The day of import of given rows that name none; their batch is 1. */
const IMPORTED_ON = '2099-12-31';

/** Every case below a folder, by report and name. */
export function readCases(root: string): Case[] {
  return foldersIn(root).flatMap((report) =>
    foldersIn(join(root, report)).map((name) => readCase(report, name, join(root, report, name))),
  );
}

/** Cases that are asked of the same rows. */
export type Group = { readonly given: Given; readonly first: Case; readonly group: readonly Case[] };

/** Cases of the same given rows together, so that the models are built of these once. */
export function byGiven(cases: readonly Case[]): Group[] {
  const groups = Map.groupBy(cases, ({ given }) => JSON.stringify([...given]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ given: first.given, first, group }] : [];
  });
}

/** Whether a case says how its expected rows were worked out by hand. */
export function isWorked({ folder }: Case): boolean {
  return existsSync(join(folder, 'worked.md'));
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort();
}

function readCase(report: string, name: string, folder: string): Case {
  const files = readdirSync(folder).filter((file) => file.endsWith('.csv') && file !== 'expected.csv');
  const given = files.map((file): [GivenName, GivenRow[]] => {
    const records = recordsIn(join(folder, file));
    const name = file.slice(0, -4);
    if (isLedgerName(name)) return [name, records.map(ledgerRow)];
    if (!isTableName(name)) throw new Error(`${join(folder, file)}: there is no table ${name}.`);
    return [name, records.map((record, at) => givenRow(name, record, at + 1))];
  });
  const params = JSON.parse(readFileSync(join(folder, 'params.json'), 'utf8')) as Record<string, Argument>;
  const [columns = [], ...rows] = linesIn(join(folder, 'expected.csv'));
  return {
    report,
    name,
    folder,
    given: new Map(given),
    params,
    viewer: viewerIn(join(folder, 'viewer.json')),
    expected: { columns, rows: rows.map((row) => row.map((cell) => (cell === '' ? null : cell))) },
  };
}

function viewerIn(file: string): Viewer {
  if (!existsSync(file)) return MACHINE;
  const standing = JSON.parse(readFileSync(file, 'utf8')) as Standing;
  return { kind: 'person', id: 'case', name: 'case', ...standing };
}

function linesIn(file: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(readFileSync(file, 'utf8').trimEnd(), {
    skipEmptyLines: false,
  });
  const [error] = errors.filter(({ code }) => code !== 'UndetectableDelimiter');
  if (error) throw new Error(`${file}: ${error.message}`);
  return data;
}

function recordsIn(file: string): Record<string, string>[] {
  const [header = [], ...lines] = linesIn(file);
  return lines.map((line) => Object.fromEntries(header.map((name, at) => [name, line[at] ?? ''])));
}

function givenRow(table: TableName, record: Record<string, string>, line: number): GivenRow {
  const { imported_on = IMPORTED_ON, batch_id = '1', ...cells } = record;
  const fields = fieldsOf(table);
  const known = fields.map((field): [string, string | null] => [
    field.name,
    typedText(field.type, (cells[field.name] ?? '') || (field.default ?? '')),
  ]);
  const extra = Object.entries(cells).filter(
    ([name, cell]) => cell !== '' && !fields.some((field) => field.name === name),
  );
  return {
    ...Object.fromEntries(known),
    extra: extra.length > 0 ? JSON.stringify(Object.fromEntries(extra)) : null,
    batch_id,
    line: String(line),
    imported_on,
  };
}

/** A record of the ledger: what it does not name is empty. */
function ledgerRow(record: Record<string, string>): GivenRow {
  return Object.fromEntries(Object.entries(record).map(([name, cell]) => [name, cell === '' ? null : cell]));
}

function isLedgerName(name: string): name is LedgerName {
  return ledgerNames.some((ledger) => ledger === name);
}

function typedText(type: string, cell: string): string | null {
  if (cell === '') return null;
  return type === 'instant' && cell.length === 10 ? `${cell} 00:00:00` : cell;
}
