import { exportsDdl } from '#lib/exports/ddl.ts';
import { queriesPath } from '#lib/server/project.ts';
import { HOUSE } from '#lib/server/reports/audience.ts';
import { boundBy } from '#lib/server/reports/restrict.ts';
import { readTexts } from '#lib/server/reports/texts.ts';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import type { Argument } from '#lib/server/warehouse/parameters.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Filter, Question } from '../oracle/scope.ts';
import type { Raw } from '../oracle/tables.ts';
import { fillExports } from './exports.ts';

/** A warehouse in memory that is filled anew for every random studio. */
export interface Laboratory {
  readonly warehouse: Warehouse;
  /** Replaces all rows, then builds and checks every model as an import does. */
  load(raw: Raw): Promise<void>;
  /** Builds and checks every model again, of rows that a test has changed. */
  rebuild(): Promise<void>;
  /** Rows of a report of queries/reports, asked by whoever may see the whole house. */
  ask<R>(report: string, parameters: Record<string, Argument>): Promise<R[]>;
  /** Rows of a text with parameters, asked likewise. */
  query(sql: string, parameters: Record<string, Argument>): Promise<object[]>;
  /** Rows of a model of queries/models. */
  read<R>(sql: string): Promise<R[]>;
  close(): Promise<void>;
}

/** Opens a laboratory on the SQL texts of a folder, by default the project's own. */
export async function openLaboratory(folder = queriesPath()): Promise<Laboratory> {
  const texts = readTexts(folder);
  const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  const query = <R>(sql: string, parameters: Record<string, Argument>): Promise<R[]> =>
    warehouse.query(sql, { ...boundBy(HOUSE, sql), ...parameters });
  await warehouse.write(async (transaction) => {
    for (const statement of exportsDdl('duckdb')) await transaction.run(statement);
  });
  return {
    warehouse,
    load: (raw) =>
      warehouse.write(async (transaction) => {
        await fillExports(transaction, raw);
        await rebuildModels(transaction, texts);
      }),
    rebuild: () => warehouse.write((transaction) => rebuildModels(transaction, texts)),
    ask: (report, parameters) => {
      const text = texts.reports.get(report);
      if (!text) throw new Error(`there is no report ${report}`);
      return query(text.body, parameters);
    },
    query,
    read: (sql) => warehouse.query(sql),
    close: () => warehouse.close(),
  };
}

/** The parameters of a report that asks for journeys, in the form the texts take them. */
export function parametersOf({
  from,
  to,
  as_of,
  by,
  where,
}: Omit<Question, 'view'>): Record<string, Argument> {
  return { from, to, as_of, by: by ?? null, where: filterTexts(where ?? []) };
}

function filterTexts(where: Filter[]): string[] {
  return where.map(([field, value]) => `${field}=${value}`);
}
