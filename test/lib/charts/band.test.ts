import { describe, expect, test } from 'vitest';
import { bandOf, factorOf } from '#lib/charts/band.ts';
import type { BandStep } from '#lib/charts/band.ts';

/** Seven steps with the people and rates given; everything else is unknown. */
function stepsOf(
  people: (number | null)[],
  rates: (readonly [rate: number, from: number] | null)[],
): BandStep[] {
  return people.map((count, no) => ({
    no,
    people: count,
    rate: rates[no]?.[0] ?? null,
    rateFrom: rates[no]?.[1] ?? null,
    reference: null,
    interval: null,
    usual: null,
  }));
}

const whole = stepsOf(
  [63_200, 15_120, 214, 121, 44, 4, 5],
  [null, [0.239, 0], [0.0142, 1], [0.565, 2], [0.364, 3], [0.091, 4], [0.114, 4]],
);

describe('the band of seven steps', () => {
  test('lets the part of a column that goes on fill the next one', () => {
    const { columns, fans } = bandOf(whole);
    expect(columns[2]).toMatchObject({ kind: 'whole', onward: { part: 0.565, into: 3 } });
    expect(fans[2]).toMatchObject({ kind: 'fan', from: 0.565, to: 1, into: 3, branch: false });
  });

  test('magnifies by the inverse of the rate', () => {
    expect(factorOf(0.25)).toBe(4);
    const [fan] = bandOf(whole).fans;
    expect(fan?.kind === 'fan' && fan.factor).toBeCloseTo(1 / 0.239);
  });

  test('draws up to twelve people of Q5 and Q6 one by one, more as a plain column', () => {
    const { columns } = bandOf(whole);
    expect(columns.slice(5)).toEqual([
      { kind: 'blocks', blocks: 4 },
      { kind: 'blocks', blocks: 5 },
    ]);
    const [many, twelve] = bandOf(stepsOf([null, null, 90, 80, 70, 13, 12], [])).columns.slice(5);
    expect([many, twelve]).toEqual([{ kind: 'last' }, { kind: 'blocks', blocks: 12 }]);
  });

  test('starts Q6 from a repeated Q4, because that is its denominator', () => {
    expect(bandOf(whole).fans[5]).toMatchObject({ into: 6, branch: true, from: 0.114 });
    expect(bandOf(whole).columns[4]).toMatchObject({ onward: { into: 5 } });
  });

  test('lets the flow pass a step without a source', () => {
    const { columns, fans } = bandOf(
      stepsOf([null, null, 200, null, 50, 0, null], [null, null, null, null, [0.25, 2], null, null]),
    );
    expect(columns[2]).toMatchObject({ onward: { part: 0.25, into: 4 } });
    expect(columns[3]).toEqual({ kind: 'missing', through: { part: 0.25, into: 4 } });
    expect(fans[2]).toEqual({ kind: 'through', part: 0.25, into: 4 });
    expect(columns[0]).toMatchObject({ kind: 'missing' });
  });

  test('turns the fan round where more people are at a step than before it', () => {
    const { columns, fans } = bandOf(
      stepsOf([null, null, 40, 50, 10, 0, 0], [null, null, null, [1.25, 2], [0.2, 3]]),
    );
    expect(fans[2]).toMatchObject({ from: 1, to: 0.8 });
    expect(columns[3]).toMatchObject({ before: 0.8 });
  });

  test('draws nothing where nobody is, and no fan from a rate that is 0 or unknown', () => {
    const { columns, fans } = bandOf(stepsOf([null, null, 10, 0, 0, 0, 0], [null, null, null, [0, 2]]));
    expect(columns.slice(3)).toEqual(Array.from({ length: 4 }, () => ({ kind: 'empty' })));
    expect(fans.slice(2).map(({ kind }) => kind)).toEqual(['none', 'none', 'none', 'none']);
  });
});
