import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/warehouse.ts';
import { referenceData } from '../../run/reference-data.ts';

type Interval = [number | null, number | null];

interface Reference {
  r_binom: { cases: { count: number; nobs: number; intervals: { wilson: Interval } }[] };
  wilson_newcombe1998_one_sample: { cases: { x: number; n: number; wilson: Interval }[] };
  two_sample: {
    newcombe_1998: { x1: number; n1: number; x2: number; n2: number; lo: number; hi: number }[];
    fagerland_2015: { x1: number; n1: number; x2: number; n2: number; newcombe: Interval };
  };
}

const reference = referenceData(join(import.meta.dirname, '..', '..', '..'));

describe.runIf(reference.present)('published intervals of proportions, through the dialect', () => {
  let warehouse: Warehouse;
  let published: Reference;
  beforeAll(async () => {
    const file = join(reference.folder, 'cases', 'proportions_reference.json');
    published = JSON.parse(readFileSync(file, 'utf8')) as Reference;
    warehouse = await openWarehouse({ file: ':memory:', threads: 1 });
  });
  afterAll(() => warehouse.close());

  async function interval(name: string, numbers: Record<string, number>): Promise<[number, number]> {
    const names = Object.keys(numbers).map((key) => `$${key}::bigint`);
    const [row] = await warehouse.query<{ low: number; high: number }>(
      `select ${name}_low(${names.join(', ')}) as low, ${name}_high(${names.join(', ')}) as high`,
      numbers,
    );
    if (!row) throw new Error('no row');
    return [row.low, row.high];
  }

  const expectBounds = (found: [number, number], wanted: Interval, digits: number) => {
    wanted.forEach((bound, side) => {
      if (bound !== null) expect(found[side]).toBeCloseTo(bound, digits);
    });
  };

  test('Wilson’s interval is R’s', async () => {
    expect(published.r_binom.cases.length).toBeGreaterThan(5);
    for (const { count, nobs, intervals } of published.r_binom.cases)
      expectBounds(await interval('wilson', { k: count, n: nobs }), intervals.wilson, 7);
  });

  test('Wilson’s interval is Newcombe’s table I', async () => {
    for (const { x, n, wilson } of published.wilson_newcombe1998_one_sample.cases)
      expectBounds(await interval('wilson', { k: x, n }), wilson, 4);
  });

  test('the interval of a difference is Newcombe’s table II and Fagerland’s', async () => {
    for (const { x1, n1, x2, n2, lo, hi } of published.two_sample.newcombe_1998)
      expectBounds(await interval('newcombe', { x1, n1, x2, n2 }), [lo, hi], 4);
    const { newcombe, x1, n1, x2, n2 } = published.two_sample.fagerland_2015;
    expectBounds(await interval('newcombe', { x1, n1, x2, n2 }), newcombe, 2);
  });
});
