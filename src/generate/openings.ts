import type { QueryFile } from '#lib/server/reports/header.ts';
import { namesIn } from '#lib/server/reports/opening.ts';
import type { RowsSpec, WorkSpec } from '#lib/server/reports/opening.ts';

/** What is wrong with what the numbers of the reports open to: names of columns, reports and parameters that do not exist. */
export function openingProblems(reports: ReadonlyMap<string, QueryFile>): string[] {
  return [...reports].flatMap(([name, { header }]) => {
    const columns = new Set(header.columns.map((column) => column.name));
    const { rows, series, works, across, formulas } = header.opening;
    const known = new Set([...columns, ...header.parameters.map((parameter) => `$${parameter.name}`)]);
    const named = [
      ...[...rows, ...series, ...works].flatMap((spec) => [
        ...spec.columns,
        ...spec.when.map(({ column }) => column),
      ]),
      ...across.flatMap(({ column, rows: by, total }) => [column, by, total]),
      ...formulas.flatMap((spec) => [
        spec.column,
        ...spec.when.map(({ column }) => column),
        ...namesIn(spec.text),
      ]),
    ];
    return [
      ...named
        .filter((column) => !known.has(column))
        .map((column) => `the opening names ${column}, which is not a column.`),
      ...rows.flatMap((spec) => [
        ...pagingProblems(spec, reports),
        ...handingProblems(spec, columns, header.parameters, reports),
      ]),
      ...works.flatMap((spec) => workProblems(spec, rows, reports)),
      ...series.flatMap((spec) => [
        ...pointProblems(spec, reports),
        ...handingProblems(spec, columns, header.parameters, reports),
      ]),
    ].map((problem) => `reports/${name}.sql: ${problem}`);
  });
}

function pagingProblems({ report }: RowsSpec, reports: ReadonlyMap<string, QueryFile>): string[] {
  const known = reports.get(report)?.header.parameters.map(({ name }) => name) ?? [];
  return ['limit', 'offset']
    .filter((name) => !known.includes(name))
    .map((name) => `the rows are those of ${report}, which has no parameter ${name}.`);
}

function pointProblems({ report, columns }: RowsSpec, reports: ReadonlyMap<string, QueryFile>): string[] {
  const known = reports.get(report)?.header.columns.map(({ name }) => name) ?? [];
  return ['starts_on', ...columns]
    .filter((name) => !known.includes(name))
    .map((name) => `the series is that of ${report}, which has no column ${name}.`);
}

function workProblems(
  { columns, shown }: WorkSpec,
  rows: readonly RowsSpec[],
  reports: ReadonlyMap<string, QueryFile>,
): string[] {
  return columns.flatMap((column) => {
    const targets = rows.filter((spec) => spec.columns.includes(column));
    if (targets.length === 0) return [`${column} is a list of work, but has no rows.`];
    return targets.flatMap(({ report }) => {
      const known = reports.get(report)?.header.columns.map(({ name }) => name) ?? [];
      return shown
        .filter((name) => !known.includes(name))
        .map((name) => `the work shows ${name}, which is not a column of ${report}.`);
    });
  });
}

function handingProblems(
  { report, given }: RowsSpec,
  columns: ReadonlySet<string>,
  parameters: readonly { name: string }[],
  reports: ReadonlyMap<string, QueryFile>,
): string[] {
  const target = reports.get(report)?.header;
  if (!target) return [`it opens to ${report}, which is not a report.`];
  const known = new Set(target.parameters.map(({ name }) => name));
  return [
    ...Object.keys(given)
      .filter((name) => !known.has(name))
      .map((name) => `${report} is handed ${name}, which it does not know.`),
    ...Object.values(given).flatMap((source) => {
      if (source.from === 'literal') return [];
      const there =
        source.from === 'column'
          ? columns.has(source.name)
          : parameters.some(({ name }) => name === source.name);
      return there ? [] : [`${report} is handed ${source.name}, which is no ${source.from}.`];
    }),
  ];
}
