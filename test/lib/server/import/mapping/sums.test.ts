import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { summed, withIncompleteSums } from '#lib/server/import/mapping/sums.ts';
import { duck } from './duck.ts';

let engine: Awaited<ReturnType<typeof duck>>;
beforeAll(async () => {
  engine = await duck();
});
afterAll(() => engine.close());

const list = { table: 'orders', sum: ['amount'] } as const;
const filled = ['order_id', 'ordered_at', 'amount', 'package'];

type Line = [
  order: string,
  day: string,
  exact: string,
  pack: string | null,
  land: string | null,
  problem?: string,
];

/** Lines as they come from reading, numbered in the order given. */
const lines = (given: Line[]) => {
  const cell = (text: string | null | undefined) => (text == null ? 'null' : `'${text}'`);
  const rows = given.map(
    ([order, day, exact, pack, land, problem], at) =>
      `(${cell(order)}, '${day}'::timestamp, 0::decimal(18,2), ${cell(pack)}, ${exact}::decimal(24,12), ${cell(land)}, ${cell(problem)}, null::varchar, false, ${at + 1})`,
  );
  return `(select * from (values ${rows.join(', ')}) r(order_id, ordered_at, amount, package, sum_amount, e0, problem, zoned, rounded, line))`;
};
const folded = (given: Line[]) =>
  engine.rows(
    `select order_id, ordered_at::date::varchar as day, amount::varchar as amount, package, e0, line, problem, rounded
     from (${summed({ from: lines(given), list: { ...list, sum: [...list.sum] }, filled, unknown: ['e0'] })}) order by line`,
  );
const problems = async (given: Line[]) =>
  (
    await engine.rows(
      `select problem from (${withIncompleteSums({ from: lines(given), list: { ...list, sum: [...list.sum] } })}) order by line`,
    )
  ).map(({ problem }) => problem);

describe('the lines of an order', () => {
  it('are one order with their exact sum rounded once, the first values, and what all of them say', async () => {
    expect(
      await folded([
        ['A', '2026-01-02', '0.004', null, 'France'],
        ['B', '2026-01-03', '5', 'gold', 'Spain'],
        ['A', '2026-01-01', '0.004', 'silver', null],
        ['A', '2026-01-01', '0.004', 'gold', 'France'],
        ['B', '2026-01-03', '-2', null, 'Italy'],
      ]),
    ).toEqual([
      {
        order_id: 'A',
        day: '2026-01-02',
        amount: '0.01',
        package: 'silver',
        e0: 'France',
        line: 1,
        problem: null,
        rounded: true,
      },
      {
        order_id: 'B',
        day: '2026-01-03',
        amount: '3.00',
        package: 'gold',
        e0: null,
        line: 2,
        problem: null,
        rounded: false,
      },
    ]);
  });

  it('stay apart where something is wrong with them', async () => {
    expect(
      (
        await folded([
          ['A', '2026-01-02', '1', null, null],
          ['A', '2026-01-02', '9', null, null, ':left_out'],
        ])
      ).map(({ amount, problem }) => [amount, problem]),
    ).toEqual([
      ['1.00', null],
      ['0.00', ':left_out'],
    ]);
  });

  it('are no order while one of them cannot be read; what a rule leaves out spoils nothing', async () => {
    expect(
      await problems([
        ['A', '2026-01-02', '1', null, null],
        ['B', '2026-01-02', '1', null, null],
        ['A', '2026-01-02', '1', null, null, 'amount:money'],
        ['B', '2026-01-02', '1', null, null, ':left_out'],
      ]),
    ).toEqual([':sum_incomplete', null, 'amount:money', ':left_out']);
  });

  it('are no order where their sum is no money any more', async () => {
    expect(
      await problems([
        ['A', '2026-01-02', '900000000000', null, null],
        ['A', '2026-01-02', '900000000000', null, null],
        ['B', '2026-01-02', '900000000000', null, null],
      ]),
    ).toEqual([':sum_incomplete', ':sum_incomplete', null]);
  });
});
