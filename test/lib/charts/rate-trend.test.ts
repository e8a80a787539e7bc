import { describe, expect, test } from 'vitest';
import { draw, drawTrend } from '#lib/charts/draw.ts';
import { rateTrendOption } from '#lib/charts/rate-trend.ts';
import type { RatePoint } from '#lib/charts/rate-trend.ts';

const points: RatePoint[] = Array.from({ length: 13 }, (_, week) => ({
  week: `W${week}`,
  note: week === 4 ? '①' : undefined,
  rate: week === 6 ? null : 0.4,
  low: week === 6 ? null : 0.3,
  high: week === 6 ? null : 0.5,
  finished: week < 11,
}));
const write = (rate: number) => `${(rate * 100).toFixed(1)}%`;
const drawn = () => draw((width) => rateTrendOption(points, 3, 'visited', write, width), 'half').wide.svg;

describe('the chart of a rate', () => {
  test('has the interval as a tint, its own hue, and the last rate in words', () => {
    expect(drawn()).toContain('color-mix(in oklab, var(--q3) 26%, var(--paper))');
    expect(drawn()).toContain('stroke="var(--q3)"');
    expect(drawn()).toContain('40.0%');
  });

  test('begins at 0 and ends at a round rate above the interval', () => {
    expect(drawn()).toMatch(/>0%</);
    expect(drawn()).toMatch(/>60%</);
  });

  test('draws what is unfinished hollow', () => {
    expect(drawn().match(/fill="var\(--paper\)"/g)).toHaveLength(2);
  });

  test('carries the mark of a note and one dashed line down from it', () => {
    expect(drawn()).toContain('①');
    expect(drawn().match(/stroke-dasharray/g)).toHaveLength(1);
  });

  test('names nothing that the chart which comes alive over it could meet', () => {
    expect(drawn()).not.toMatch(/ id=|clip-path|<defs/);
    expect(drawTrend([], { leads: '', visits: '', orders: '' }).wide.svg).not.toMatch(/ id=|clip-path/);
  });
});
