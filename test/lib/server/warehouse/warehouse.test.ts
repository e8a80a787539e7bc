import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/errors/refusal.ts';
import { SqlError } from '#lib/server/warehouse/statement.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';

const ENDLESS = 'select count(*) as n from range(10000000000) a(x), range(1000) b(y) where a.x % 7 = b.y';

let folder: string;
let warehouse: Warehouse;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-'));
  warehouse = await openWarehouse({ file: join(folder, 'warehouse.duckdb') });
});
afterEach(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true, force: true });
});

const refusalOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('values', () => {
  it('come out as plain data, with nothing lost', async () => {
    const [row] = await warehouse.query(`
      select 1::bigint as n, 9007199254740993::bigint as large, 2.5::decimal(18,2) as money, -0.05::decimal(18,2) as cents,
        date '1969-12-31' as day, timestamp '1969-12-31 23:59:59.5' as instant, timestamp '2024-02-29 00:00:00' as midnight,
        [1, null, 3] as list, true as flag, null::date as nothing, '客资' as text, 1.5e0 as number,
        sum(x)::hugeint as total, {a: date '2024-01-01'} as record
      from range(3) r(x)`);
    expect(row).toEqual({
      n: 1,
      large: '9007199254740993',
      money: '2.50',
      cents: '-0.05',
      day: '1969-12-31',
      instant: '1969-12-31T23:59:59.500000',
      midnight: '2024-02-29T00:00:00',
      list: [1, null, 3],
      flag: true,
      nothing: null,
      text: '客资',
      number: 1.5,
      total: 3,
      record: { a: '2024-01-01' },
    });
  });

  it('go in by the types that the text casts them to', async () => {
    const given = {
      a: '2024-02-29',
      b: ['x', '客'],
      c: '-12.3',
      d: '2024-01-01T10:00:00.5',
      e: 5,
      f: 1.5,
      g: null,
      h: true,
    };
    const [row] = await warehouse.query(
      `select $a::date as a, $b::varchar[] as b, $c::decimal(18,2) as c, $d::timestamp as d, $e::bigint as e,
        $f::double as f, $g::varchar as g, $h::boolean as h`,
      given,
    );
    expect(row).toEqual({ ...given, c: '-12.30', d: '2024-01-01T10:00:00.500000' });
  });

  it('an empty list is a list without entries', async () => {
    expect(await warehouse.query('select length($a::varchar[]) as n', { a: [] })).toEqual([{ n: 0 }]);
  });

  it.each([
    ['a date that does not exist', 'select $a::date as a', { a: '2024-02-30' }],
    ['a missing value', 'select $a::date as a', {}],
    ['a value without a parameter', 'select 1 as a', { b: 1 }],
    ['too many decimals', 'select $a::decimal(18,2) as a', { a: '1.234' }],
    ['two types for one parameter', 'select $a::date as a, $a::varchar as b', { a: '2024-01-01' }],
  ])('%s is refused', async (_, sql, given) => {
    expect(await refusalOf(warehouse.query(sql, given))).toMatchObject({ code: 'query_failed' });
  });
});

describe('a statement that goes wrong', () => {
  it('carries its text and arguments', async () => {
    const error = await refusalOf(warehouse.query('select $a::date as d from nowhere', { a: '2024-01-01' }));
    expect(error).toBeInstanceOf(Refusal);
    const cause = (error as Refusal).cause;
    expect(cause).toBeInstanceOf(SqlError);
    expect(cause).toMatchObject({ sql: 'select $a::date as d from nowhere', arguments: { a: '2024-01-01' } });
  });

  it('hands over many rows bit by bit: others have their turn meanwhile, and whoever goes away gets no more', async () => {
    let [turns, isOver] = [0, false];
    const waiting = () => {
      turns += 1;
      if (!isOver) setImmediate(waiting);
    };
    setImmediate(waiting);
    const many = "select range::bigint as n, date '2024-01-01' as day from range(100000)";
    const rows = await warehouse.query(many);
    isOver = true;
    expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: 100_000 }, (_, at) => at));
    expect(rows.at(-1)?.day).toBe('2024-01-01');
    expect(turns).toBeGreaterThan(40);
  });

  it('is stopped when its time is over', async () => {
    const error = await refusalOf(warehouse.query(ENDLESS, {}, { timeoutMs: 30 }));
    expect(error).toMatchObject({ code: 'query_timeout', params: { seconds: 0.03 } });
  });

  it('is stopped when the one who asked goes away', async () => {
    const stop = new AbortController();
    const asked = refusalOf(warehouse.query(ENDLESS, {}, { signal: stop.signal }));
    stop.abort();
    expect(await asked).toMatchObject({ code: 'query_cancelled' });
    expect(await refusalOf(warehouse.query('select 1 as a', {}, { signal: stop.signal }))).toMatchObject({
      code: 'query_cancelled',
    });
  });

  it('leaves its connection fit for the next one', async () => {
    await refusalOf(warehouse.query(ENDLESS, {}, { timeoutMs: 10 }));
    expect(await warehouse.query('select 1 as a')).toEqual([{ a: 1 }]);
  });
});

describe('writers', () => {
  beforeEach(() => warehouse.write((transaction) => transaction.run('create table t (n bigint)')));

  it('come one after the other, each in a transaction', async () => {
    const add = (n: number) =>
      warehouse.write(async (transaction) => {
        const [row] = await transaction.query<{ n: number | null }>('select max(n) as n from t');
        await transaction.run('insert into t values ($n::bigint)', { n: (row?.n ?? 0) + n });
      });
    await Promise.all([add(1), add(10), add(100)]);
    expect(await warehouse.query('select n from t order by n')).toEqual([{ n: 1 }, { n: 11 }, { n: 111 }]);
  });

  it('leave nothing behind when they fail, and let the next one in', async () => {
    const version = warehouse.dataVersion();
    const failing = warehouse.write(async (transaction) => {
      await transaction.run('insert into t values (1)');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(warehouse.dataVersion()).toBe(version);
    await warehouse.write((transaction) => transaction.run('insert into t values (2)'));
    expect(await warehouse.query('select n from t')).toEqual([{ n: 2 }]);
    expect(warehouse.dataVersion()).toBe(version + 1);
  });

  it('leave nothing behind when a statement was refused inside', async () => {
    const failing = warehouse.write(async (transaction) => {
      await transaction.run('insert into t values (1)');
      await transaction.run('insert into nowhere values (1)');
    });
    await expect(failing).rejects.toMatchObject({ code: 'query_failed' });
    expect(await warehouse.query('select n from t')).toEqual([]);
  });

  it('do not disturb readers, who see the last committed state', async () => {
    await warehouse.write(async (transaction) => {
      await transaction.run('insert into t values (1)');
      expect(await warehouse.query('select n from t')).toEqual([]);
    });
    expect(await warehouse.query('select n from t')).toEqual([{ n: 1 }]);
  });
});

describe('what follows a write', () => {
  it('sees what was written, and is done when the writer returns', async () => {
    const seen: unknown[] = [];
    warehouse.afterWrites(async () => {
      seen.push(
        (await warehouse.query('select count(*)::bigint as n from kept'))[0]?.n,
        warehouse.dataVersion(),
      );
    });
    await warehouse.write((transaction) => transaction.run('create table kept as select 1 as n'));
    expect(seen).toEqual([1, warehouse.dataVersion()]);
  });

  it('does not follow a write that failed', async () => {
    let followed = 0;
    warehouse.afterWrites(async () => {
      followed += 1;
      await Promise.resolve();
    });
    await refusalOf(warehouse.write((transaction) => transaction.run('select no_such_thing()')));
    expect(followed).toBe(0);
  });
});

describe('one file', () => {
  it('is opened once in a process: two handles share what one writes', async () => {
    const other = await openWarehouse({ file: join(folder, 'warehouse.duckdb') });
    await warehouse.write((transaction) => transaction.run('create table t as select 1 as n'));
    expect(await other.query('select n from t')).toEqual([{ n: 1 }]);
    expect(other.dataVersion()).toBe(warehouse.dataVersion());
    await other.close();
    expect(await warehouse.query('select n from t')).toEqual([{ n: 1 }]);
  });

  it('keeps its data version when it is closed and opened again', async () => {
    await warehouse.write((transaction) => transaction.run('create table t as select 1 as n'));
    const version = warehouse.dataVersion();
    await warehouse.close();
    warehouse = await openWarehouse({ file: join(folder, 'warehouse.duckdb') });
    expect(warehouse.dataVersion()).toBe(version);
  });

  it('that is no warehouse is refused', async () => {
    expect(await refusalOf(openWarehouse({ file: import.meta.filename }))).toMatchObject({
      code: 'store_unreadable',
    });
  });
});

describe('more questions than connections', () => {
  it('are all answered', async () => {
    const asked = Array.from({ length: 40 }, (_, n) => warehouse.query('select $n::bigint as n', { n }));
    expect((await Promise.all(asked)).map(([row]) => row?.['n'])).toEqual(
      Array.from({ length: 40 }, (_, n) => n),
    );
  });
});

describe('a description', () => {
  it('names columns and parameters with their types, without running anything', async () => {
    const text =
      "select 1::decimal(18,2) as amount, $day::date as day -- $not::int\nwhere 'a $b' <> $names::varchar[]::varchar";
    expect(await warehouse.describe(text)).toEqual({
      columns: [
        { name: 'amount', type: 'decimal(18,2)' },
        { name: 'day', type: 'date' },
      ],
      parameters: [
        { name: 'day', type: 'date' },
        { name: 'names', type: 'varchar[]' },
      ],
    });
  });
});
