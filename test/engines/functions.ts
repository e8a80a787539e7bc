import { readFileSync } from 'node:fs';
import { queriesPath } from '#lib/server/project.ts';
import type { Arguments } from '#lib/server/warehouse/parameters.ts';
import type { Row } from '#lib/server/warehouse/values.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { sameValue } from '../queries/compare.ts';
import type { ClickHouse } from './clickhouse.ts';
import type { FunctionCase } from './function-cases/case.ts';
import { functionCases } from './function-cases/every.ts';
import { plainRows } from './plain.ts';
import { clickHouseType, dialectNames } from './rewrite.ts';
import type { Tally } from './tally.ts';

const LETTERS = ['a', 'b', 'c', 'd'];
const LIST = ['客资', "it's"];

/** Every function of the dialect on both engines: over all rows, over each row alone and over none. */
export async function compareFunctions(clickHouse: ClickHouse, tally: Tally): Promise<void> {
  const duckdb = dialectNames(readFileSync(queriesPath('dialect.duckdb.sql'), 'utf8'));
  const clickhouse = dialectNames(readFileSync(queriesPath('dialect.clickhouse.sql'), 'utf8'));
  await tally.check('both dialects have the same names', () => apart(duckdb, clickhouse));
  await tally.check('every function of the dialect has a case', () =>
    duckdb.filter((name) => !functionCases.some((one) => one.name === name)),
  );
  const warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  try {
    for (const one of functionCases) await compareFunction(clickHouse, warehouse, one, tally);
  } finally {
    await warehouse.close();
  }
}

function apart(left: readonly string[], right: readonly string[]): string[] {
  return [...left.filter((name) => !right.includes(name)), ...right.filter((name) => !left.includes(name))];
}

async function compareFunction(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  one: FunctionCase,
  tally: Tally,
): Promise<void> {
  const title = `${one.call} on ${one.inputs.join(', ')}`;
  await tally.check(`${title}: all rows`, async () => {
    await fillInputs(clickHouse, warehouse, one);
    const wanted = one.rows.map((row) => row[one.inputs.length] ?? null);
    return differing(
      one,
      await onBoth(clickHouse, warehouse, one, ''),
      one.aggregate ? wanted.slice(0, 1) : wanted,
    );
  });
  await tally.check(`${title}: no row`, async () =>
    differing(one, await onBoth(clickHouse, warehouse, one, 'where t.n < 0'), one.aggregate ? [null] : []),
  );
  await tally.check(`${title}: one row`, async () => {
    const [left, right] = await onBoth(clickHouse, warehouse, one, 'where t.n = 1');
    return left.length === 1 && sameValue(left[0] ?? null, right[0] ?? null)
      ? []
      : [JSON.stringify([left, right])];
  });
}

function differing(
  one: FunctionCase,
  answers: [Row[], Row[]],
  wanted: readonly (string | number | boolean | null)[],
) {
  return ['DuckDB', 'ClickHouse'].flatMap((engine, at) => {
    const got = (answers[at] ?? []).map((row) => row.value ?? null);
    const same =
      got.length === wanted.length && got.every((value, row) => sameValue(value, wanted[row] ?? null));
    return same
      ? []
      : [`${engine} gives ${JSON.stringify(got)} for ${one.name}, not ${JSON.stringify(wanted)}.`];
  });
}

async function onBoth(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  { call, gives, aggregate }: FunctionCase,
  where: string,
): Promise<[Row[], Row[]]> {
  const sql = aggregate
    ? `select (${call})::${gives} as value from case_inputs t ${where}`
    : `select t.n as n, (${call})::${gives} as value from case_inputs t ${where} order by t.n`;
  const params: Arguments = call.includes('$list') ? { list: LIST } : {};
  const columns = [{ name: 'value', type: gives }];
  const left = await warehouse.query(sql, params);
  const right = plainRows(clickHouse.query(sql, params), columns);
  return [left.map(({ value = null }) => ({ value })), right];
}

async function fillInputs(
  clickHouse: ClickHouse,
  warehouse: Warehouse,
  { inputs, rows }: FunctionCase,
): Promise<void> {
  const named = inputs.map((type, at) => ({ type, name: LETTERS[at] ?? '' }));
  const literal = (value: unknown) => (value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`);
  const lines = rows.map((row, at) => [at + 1, ...row.slice(0, inputs.length)]);
  await warehouse.write(async (transaction) => {
    const columns = named.map(({ name, type }) => `${name} ${type}`);
    await transaction.run(`create or replace table case_inputs (n bigint not null, ${columns.join(', ')})`);
    const values = lines.map((line) => `(${line.map(literal).join(', ')})`);
    await transaction.run(`insert into case_inputs values ${values.join(', ')}`);
  });
  const columns = named.map(({ name, type }) => `${name} ${clickHouseType(type, true)}`);
  clickHouse.run('drop table if exists case_inputs');
  clickHouse.run(`create table case_inputs (n Int64, ${columns.join(', ')}) engine = MergeTree order by n`);
  clickHouse.insert(
    'case_inputs',
    lines.map(([n, ...cells]) =>
      Object.fromEntries([
        ['n', Number(n)],
        ...named.map(({ name }, at) => [name, cells[at] as string | null]),
      ]),
    ),
  );
}
