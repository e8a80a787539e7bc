import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseQuery } from '#lib/server/reports/header.ts';
import type { QueryFile } from '#lib/server/reports/header.ts';
import { inOrder, tablesRead } from '#lib/server/warehouse/dependencies.ts';
import { fingerprint, modelOrder, rebuildModels } from '#lib/server/warehouse/models.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

const files = (texts: Record<string, string>): Map<string, QueryFile> =>
  new Map(Object.entries(texts).map(([name, text]) => [name, parseQuery(name, text)]));

const models = files({
  a_last: '-- Last.\nwith b as (select 1 as n) select m.n as n from m_middle m join b on true',
  b: '-- Must not be needed: a_last has an expression of that name.\nselect a.n as n from a_last a',
  m_middle: '-- Middle.\nselect n * 2 as n from z_first where exists (select 1 from z_first z)',
  z_first: '-- First.\nselect 1::bigint as n',
});

let warehouse: Warehouse;
beforeEach(async () => {
  warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
});
afterEach(() => warehouse.close());

describe('the tables that a select reads', () => {
  it('are found in joins, subqueries and expressions, but not under names of the select itself', async () => {
    const text = `
      with a as (select 1 as x from t1), b as materialized (select * from a join main.t2 on true)
      select * from b anti join t3 on true where exists (select 1 from t4 z where z.x in (select y from other.t5))
      union all select 1, 2`;
    expect([...(await tablesRead(warehouse, text))].sort()).toEqual(['t1', 't2', 't3', 't4']);
  });

  it('cannot be read from a text that does not parse', async () => {
    await expect(tablesRead(warehouse, 'select from where')).rejects.toThrow('syntax error');
  });
});

describe('the order of models', () => {
  it('puts each after those it reads', async () => {
    expect(await modelOrder(warehouse, models)).toEqual(['z_first', 'm_middle', 'a_last', 'b']);
  });

  it('does not exist in a circle', () => {
    const needs = new Map([
      ['a', ['b']],
      ['b', ['a']],
    ]);
    expect(() => inOrder(needs)).toThrow('a → b → a');
  });
});

describe('building', () => {
  it('makes every model anew', async () => {
    const checks = new Map<string, QueryFile>();
    await warehouse.write((transaction) => rebuildModels(transaction, { models, checks }));
    await warehouse.write((transaction) => rebuildModels(transaction, { models, checks }));
    expect(await warehouse.query('select n from b')).toEqual([{ n: 2 }]);
  });

  it('leaves a view of the same texts as it is, and makes it anew with any other', async () => {
    const checks = new Map<string, QueryFile>();
    const seen = '-- Seen.\n-- built: view\nselect n from below';
    const oids = async (below: string): Promise<unknown> => {
      const texts = files({ below: `-- Below.\n${below}`, seen });
      await warehouse.write((transaction) => rebuildModels(transaction, { models: texts, checks }));
      const [view] = await warehouse.query<{ oid: number; sum: number }>(
        "select view_oid as oid, (select sum(n)::int from seen) as sum from duckdb_views() where view_name = 'seen'",
      );
      return view;
    };
    const first = await oids('select 1 as n');
    expect(first).toEqual({ oid: expect.anything(), sum: 1 });
    expect(await oids('select 1 as n')).toEqual(first);
    const other = await oids('select 2::bigint as n union all select 3');
    expect(other).toEqual({ oid: expect.anything(), sum: 5 });
    expect(other).not.toHaveProperty('oid', (first as { oid: number }).oid);
  });

  it('stores what may be a view while it has few rows, and changes over and back', async () => {
    const checks = new Map<string, QueryFile>();
    const many = files({ z_first: '-- First.\n-- built: by size\nselect n.range as n from range(200001) n' });
    const few = files({ z_first: '-- First.\n-- built: by size\nselect n.range as n from range(3) n' });
    const kinds = "select table_type as kind from information_schema.tables where table_name = 'z_first'";
    for (const [texts, rows, kind] of [
      [few, 3, 'BASE TABLE'],
      [many, 200_001, 'VIEW'],
      [few, 3, 'BASE TABLE'],
    ] as const) {
      await warehouse.write((transaction) => rebuildModels(transaction, { models: texts, checks }));
      expect(await warehouse.query('select count(*) as n from z_first')).toEqual([{ n: rows }]);
      expect(await warehouse.query(kinds)).toEqual([{ kind }]);
    }
  });

  it('stops at a broken check of severity error and leaves everything as it was', async () => {
    const checks = files({
      odd: '-- check: numbers are even\n-- severity: error\nselect n from z_first where n % 2 = 1',
    });
    const failing = warehouse.write((transaction) => rebuildModels(transaction, { models, checks }));
    await expect(failing).rejects.toMatchObject({
      code: 'check_failed',
      params: { check: 'numbers are even', rows: 1 },
      cause: 'odd: {"n":1}',
    });
    await expect(warehouse.query('select * from z_first')).rejects.toMatchObject({ code: 'query_failed' });
  });

  it('keeps the findings of a warning', async () => {
    const checks = files({
      odd: '-- check: numbers are even\n-- severity: warning\nselect n from z_first where n % 2 = 1',
      fine: '-- check: numbers are positive\n-- severity: error\nselect n from z_first where n < 0',
    });
    await warehouse.write((transaction) => rebuildModels(transaction, { models, checks }));
    expect(await warehouse.query('select * from check_findings')).toEqual([
      { check_name: 'odd', sentence: 'numbers are even', rows: 1, example: '{"n":1}' },
    ]);
  });
});

describe('the fingerprint', () => {
  it('changes with any statement', () => {
    const checks = new Map<string, QueryFile>();
    const before = fingerprint({ models, checks }, ['create table t']);
    expect(fingerprint({ models, checks }, ['create table t'])).toBe(before);
    expect(fingerprint({ models, checks }, ['create table u'])).not.toBe(before);
    expect(fingerprint({ models: new Map([...models].slice(1)), checks }, ['create table t'])).not.toBe(
      before,
    );
  });
});
