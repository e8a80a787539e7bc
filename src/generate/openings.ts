import type { QueryFile } from '#lib/server/reports/header.ts';
import { namesIn } from '#lib/server/reports/opening.ts';
import type { RowsSpec } from '#lib/server/reports/opening.ts';

/** What is wrong with what the numbers of the reports open to: names of columns, reports and parameters that do not exist. */
export function openingProblems(reports: ReadonlyMap<string, QueryFile>): string[] {
  return [...reports].flatMap(([name, { header }]) => {
    const columns = new Set(header.columns.map((column) => column.name));
    const { rows, formulas } = header.opening;
    const known = new Set([...columns, ...header.parameters.map((parameter) => `$${parameter.name}`)]);
    const named = [
      ...rows.flatMap((spec) => [...spec.columns, ...spec.when.map(({ column }) => column)]),
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
      ...rows.flatMap((spec) => rowsProblems(spec, columns, header.parameters, reports)),
    ].map((problem) => `reports/${name}.sql: ${problem}`);
  });
}

function rowsProblems(
  { report, given }: RowsSpec,
  columns: ReadonlySet<string>,
  parameters: readonly { name: string }[],
  reports: ReadonlyMap<string, QueryFile>,
): string[] {
  const target = reports.get(report)?.header;
  if (!target) return [`the rows are those of ${report}, which is not a report.`];
  const known = new Set(target.parameters.map(({ name }) => name));
  return [
    ...['limit', 'offset']
      .filter((name) => !known.has(name))
      .map((name) => `the rows are those of ${report}, which has no parameter ${name}.`),
    ...Object.keys(given)
      .filter((name) => !known.has(name))
      .map((name) => `the rows of ${report} are handed ${name}, which it does not know.`),
    ...Object.values(given).flatMap((source) => {
      if (source.from === 'literal') return [];
      const there =
        source.from === 'column'
          ? columns.has(source.name)
          : parameters.some(({ name }) => name === source.name);
      return there ? [] : [`the rows of ${report} are handed ${source.name}, which is no ${source.from}.`];
    }),
  ];
}
