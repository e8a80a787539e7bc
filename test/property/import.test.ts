import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import { importFiles } from '#lib/server/import/import-files.ts';
import { columnsOf, keyText } from './exports.ts';
import { withInstallation } from './installation.ts';
import { csvText } from './lists.ts';
import { runs } from './runs.ts';
import { baseDay, studios, tableNames, type TableName } from './studio.ts';
import { addDays } from '../oracle/days.ts';
import type { Raw } from '../oracle/tables.ts';

/** The rows of each table in one delivery of files. */
type Delivery = Partial<Record<TableName, object[]>>;

const rounds = [0, 1, 2] as const;
/** A day after everything that happens in a studio. */
const laterDay = addDays(baseDay, 60);
const models = ['acts', 'journeys', 'source_days'] as const;

async function deliver(app: App, delivery: Delivery) {
  const files = tableNames.flatMap((table) => {
    const rows = delivery[table] ?? [];
    if (rows.length === 0) return [];
    const path = join(app.data, `${table}.csv`);
    writeFileSync(path, csvText(table, rows));
    return [{ name: `${table}.csv`, path }];
  });
  if (files.length === 0) return [];
  const { summaries } = await importFiles(app, files);
  for (const one of summaries)
    expect(one.loaded + one.replaced + one.unchanged + one.superseded + one.rejected).toBe(one.read);
  expect(summaries.map((one) => [one.table, one.read, one.rejected])).toEqual(
    tableNames.flatMap((table) => (delivery[table]?.length ? [[table, delivery[table].length, 0]] : [])),
  );
  return summaries;
}

/** The rows that count and the models on them; without where each row came from. */
async function contents(app: App): Promise<Record<string, object[]>> {
  const found: Record<string, object[]> = {};
  for (const table of tableNames)
    found[table] = await app.warehouse.query(
      `select ${[...columnsOf(table), 'extra', 'imported_on'].join(', ')} from exports.${table} order by all`,
    );
  for (const model of models)
    found[model] = await app.warehouse.query(
      `select columns(lambda c: c <> 'row_no') from ${model} order by all`,
    );
  return found;
}

/** Of equal keys within one file the last one. */
function lastOnes(table: TableName, rows: object[]): Map<string, object> {
  return new Map(rows.map((row) => [keyText(table, row), row]));
}

function deliveries(raw: Raw): Delivery[] {
  return rounds.map((round) =>
    Object.fromEntries(
      tableNames.map((table) => [
        table,
        raw[table].filter((row) => Math.floor(row.batch_id / 10) === round + 1).map(withoutOrigin),
      ]),
    ),
  );
}

function withoutOrigin<R extends { batch_id: number; line: number; extra?: unknown }>(row: R): object {
  const { batch_id: _, line: __, extra: ___, ...rest } = row;
  return rest;
}

describe('what lists say does not depend on how they were handed in', () => {
  test('importing lists twice leaves everything as importing them once', async () => {
    await fc.assert(
      fc.asyncProperty(studios, async (raw) => {
        const everything = Object.fromEntries(
          tableNames.map((table) => [table, raw[table].map(withoutOrigin)]),
        ) as Delivery;
        await withInstallation(laterDay, async (app) => {
          await deliver(app, everything);
          const once = await contents(app);
          app.setDay(addDays(baseDay, 90));
          const summaries = await deliver(app, everything);
          expect(summaries.map((one) => one.loaded + one.replaced)).toEqual(summaries.map(() => 0));
          expect(await contents(app)).toEqual(once);
        });
      }),
      runs(2, 60),
    );
  });

  test('files without a common key give the same in any order', async () => {
    await fc.assert(
      fc.asyncProperty(studios, fc.shuffledSubarray([...rounds], { minLength: 3 }), async (raw, order) => {
        const split = rounds.map((): Delivery => ({}));
        for (const table of tableNames)
          [...lastOnes(table, raw[table].map(withoutOrigin)).values()].forEach((row, position) => {
            (split[position % rounds.length]![table] ??= []).push(row);
          });
        const inOrder = async (places: readonly number[]) =>
          withInstallation(laterDay, async (app) => {
            for (const place of places) await deliver(app, split[place] ?? {});
            return contents(app);
          });
        expect(await inOrder(order)).toEqual(await inOrder(rounds));
      }),
      runs(2, 60),
    );
  });

  test('of files with common keys the later one wins, and an unchanged row keeps its first day', async () => {
    await fc.assert(
      fc.asyncProperty(studios, async (raw) => {
        const given = deliveries(raw);
        await withInstallation(laterDay, async (app) => {
          for (const round of rounds) {
            app.setDay(addDays(baseDay, 60 + round));
            await deliver(app, given[round] ?? {});
          }
          for (const table of tableNames) {
            const found = await app.warehouse.query(
              `select ${columnsOf(table).join(', ')}, imported_on from exports.${table}`,
            );
            const wanted = standing(table, given);
            expect(new Set(found.map((row) => keyText(table, row)))).toEqual(new Set(wanted.keys()));
            for (const row of found) expect(row).toMatchObject(wanted.get(keyText(table, row)) ?? {});
          }
        });
      }),
      runs(2, 60),
    );
  });
});

/** A row as it is kept: empty fields that have a default take it, and there is no negative zero. */
function asKept(table: TableName, row: object): object {
  const given = row as Record<string, unknown>;
  const kept = fieldsOf(table).flatMap(({ name, default: value }) => {
    if (given[name] === null && value !== undefined) return [[name, value] as const];
    return given[name] === '-0.00' ? [[name, '0.00'] as const] : [];
  });
  return { ...row, ...Object.fromEntries(kept) };
}

/** Row by row what stands after all deliveries, with the day on which it first stood there like this. */
function standing(table: TableName, given: Delivery[]): Map<string, object> {
  const result = new Map<string, object>();
  const texts = new Map<string, string>();
  given.forEach((delivery, round) => {
    for (const [key, came] of lastOnes(table, delivery[table] ?? [])) {
      const row = asKept(table, came);
      const text = JSON.stringify(row);
      if (texts.get(key) === text) continue;
      texts.set(key, text);
      result.set(key, { ...row, imported_on: addDays(baseDay, 60 + round) });
    }
  });
  return result;
}
