import { describe, expect, test } from 'vitest';
import { caterpillarMark, differenceAt, differenceAxis } from '#lib/charts/caterpillar.ts';
import { draw } from '#lib/charts/draw.ts';
import { funnelPlotOption } from '#lib/charts/funnel-plot.ts';

const beside = (value: number | null, low: number | null, high: number | null, raw: number | null) => ({
  value,
  low,
  high,
  raw,
});

describe('the axis of differences', () => {
  test('holds 0 and everybody, with round marks from end to end', () => {
    const axis = differenceAxis([beside(0.12, 0.08, 0.16, 0.13), beside(-0.1, -0.15, -0.05, -0.11)]);
    expect(axis).toEqual({ low: -0.2, high: 0.2, ticks: [-0.2, -0.1, 0, 0.1, 0.2] });
    expect(differenceAt(axis, 0)).toBe(0.5);
    expect(differenceAxis([beside(87, 32, 258, 200)])).toMatchObject({ low: 0, high: 300 });
    expect(differenceAxis([]).ticks).toContain(0);
  });

  test('places an estimate within its interval, and nothing where nothing is known', () => {
    const axis = { low: -1, high: 1, ticks: [-1, 0, 1] };
    expect(caterpillarMark(axis, beside(0, -0.5, 0.5, 0.2))).toEqual({
      at: 0.5,
      whisker: { low: 0.25, high: 0.75 },
      raw: 0.6,
    });
    expect(caterpillarMark(axis, beside(null, null, null, null))).toEqual({
      at: null,
      whisker: null,
      raw: null,
    });
  });
});

test('a funnel plot writes names as text, whatever they are, and draws nothing beyond its scales', () => {
  const plot = {
    points: [{ name: '<script>alert(1)</script>', base: 100, rate: 0.9, beyond: true }],
    limits: [25, 100].map((base) => ({ base, low: 0.4, high: 0.6, farLow: 0.3, farHigh: 0.7 })),
    house: 0.5,
  };
  const words = { house: 'everybody', base: 'cases', write: (rate: number) => `${rate * 100}%` };
  const { wide } = draw((width) => funnelPlotOption(plot, words, width));
  expect(wide.svg).not.toContain('<script');
  expect(wide.svg).toContain('&lt;script&gt;');
  expect(wide.svg).toContain('everybody');
});
