import { Refusal } from '#lib/errors/refusal.ts';
import type { Header, QueryFile } from '#lib/server/reports/header.ts';
import { isBound } from '#lib/server/reports/restrict.ts';
import { uncastParameters } from '#lib/server/warehouse/parameters.ts';
import type { Description, Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { uncastOutputs } from './outputs.ts';
import { notPortable } from './portable.ts';

/** What is wrong between a statement's header and what DuckDB says of it; one sentence each. */
export async function problemsOf(
  warehouse: Warehouse,
  file: string,
  query: QueryFile,
  kind: 'model' | 'report',
  reports: ReadonlyMap<string, QueryFile>,
): Promise<string[]> {
  const uncast = uncastParameters(query.body);
  if (uncast.length > 0) return uncast.map((name) => `${file}: $${name} stands without a cast.`);
  try {
    const described = await warehouse.describe(query.body);
    const found = [
      ...columnProblems(query.header, described),
      ...(query.header.onlyEngine ? [] : notPortable(query.body)),
      ...(kind === 'report' ? reportProblems(query, described, reports) : []),
      ...(kind === 'report' ? await outputProblems(warehouse, query.body) : []),
    ];
    return found.map((problem) => `${file}: ${problem}`);
  } catch (error) {
    const cause = error instanceof Refusal && error.cause instanceof Error ? error.cause : error;
    return [`${file}: ${cause instanceof Error ? cause.message : String(cause)}`];
  }
}

async function outputProblems(warehouse: Warehouse, body: string): Promise<string[]> {
  const names = await uncastOutputs(warehouse, body);
  return names.map((name) => `the output column ${name} has no cast.`);
}

function columnProblems({ columns }: Header, described: Description): string[] {
  const inSql = new Map(described.columns.map(({ name, type }) => [name, type]));
  const inHeader = new Map(columns.map(({ name, type }) => [name, type]));
  const missing = [...inSql.keys()].filter((name) => !inHeader.has(name));
  const stale = [...inHeader.keys()].filter((name) => !inSql.has(name));
  const differing = [...inSql].filter(([name, type]) => inHeader.has(name) && inHeader.get(name) !== type);
  const order =
    missing.length + stale.length === 0 && [...inSql.keys()].join() !== [...inHeader.keys()].join();
  return [
    ...missing.map((name) => `the column ${name} is not described in the header.`),
    ...stale.map((name) => `the header describes a column ${name} that the statement does not give.`),
    ...differing.map(
      ([name, type]) => `the column ${name} is ${type}, the header says ${inHeader.get(name) ?? ''}.`,
    ),
    ...(order ? ['the header describes the columns in another order.'] : []),
  ];
}

function reportProblems(
  { header }: QueryFile,
  described: Description,
  reports: ReadonlyMap<string, QueryFile>,
): string[] {
  const handedOn = header.fed.flatMap((name) => namesOf(reports.get(name)?.header.parameters));
  const inText = new Map(described.parameters.map(({ name, type }) => [name, type]));
  const inHeader = new Map(header.parameters.map(({ name, type }) => [name, type]));
  return [
    ...[...inText.keys()]
      .filter((name) => !inHeader.has(name) && !isBound(name))
      .map((name) => `the parameter ${name} is not described in the header.`),
    ...[...new Set(handedOn)]
      .filter((name) => !inHeader.has(name))
      .map((name) => `what it is fed asks for ${name}, which is not described in the header.`),
    ...[...inHeader.keys()]
      .filter((name) => !inText.has(name) && ![...handedOn, ...header.finishedBy].includes(name))
      .map((name) => `the header describes a parameter ${name} that the statement does not use.`),
    ...[...inText]
      .filter(([name, type]) => type !== null && inHeader.has(name) && inHeader.get(name) !== type)
      .map(
        ([name, type]) => `$${name} is cast to ${type ?? ''}, the header says ${inHeader.get(name) ?? ''}.`,
      ),
    ...(header.fed.length > 0 && header.finish === null ? ['it is fed, but names no function.'] : []),
    ...(header.fit !== null && header.fed.length === 0 ? ['it is fitted, but to nothing.'] : []),
    ...(Object.keys(header.audience).length === 0 ? ['the header names no audience.'] : []),
    ...header.parameters
      .filter(({ name }) => isBound(name))
      .map(({ name }) => `${name} is bound by who asks: the header does not describe it.`),
    ...header.columns
      .filter(({ tells, notNull }) => tells !== null && notNull)
      .map(({ name }) => `${name} tells of persons: it is withheld from some, and may be null.`),
    ...grainProblems(header),
  ];
}

const namesOf = (parameters: Header['parameters'] = []) => parameters.map(({ name }) => name);

function grainProblems({ grain, columns }: Header): string[] {
  return grain
    .filter((name) => !columns.some((column) => column.name === name))
    .map((name) => `the grain names ${name}, which is not a column.`);
}
