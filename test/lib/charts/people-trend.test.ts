import { describe, expect, test } from 'vitest';
import { drawTrend } from '#lib/charts/draw.ts';
import type { TrendPoint } from '#lib/charts/people-trend.ts';

const words = { leads: 'leads', visits: 'visits <b>', orders: 'orders' };
const points: TrendPoint[] = Array.from({ length: 26 }, (_, week) => ({
  week: `W${week}`,
  leads: 100 + week,
  visits: week === 10 ? null : 50,
  orders: 20,
  complete: week < 25,
}));

describe('the chart of 26 weeks', () => {
  test('is drawn on the server for narrow and for wide screens, in the colours of the page', () => {
    const { narrow, wide } = drawTrend(points, words);
    for (const { svg } of [narrow, wide]) {
      expect(svg).toMatch(/^<svg width="100%" height="100%" aria-hidden="true"/);
      for (const step of [2, 3, 4]) expect(svg).toContain(`var(--q${step})`);
      expect(svg).not.toMatch(/#[0-9a-f]{6}/i);
    }
    expect(narrow.width).toBeLessThan(390);
  });

  test('is the same for the same rows', () => {
    const numbered = (svg: string) => svg.replaceAll(/zr\d+/g, 'zr');
    const [first, again] = [drawTrend(points, words), drawTrend(points, words)];
    expect(numbered(first.wide.svg)).toBe(numbered(again.wide.svg));
  });

  test('labels the lines at their ends and lets no name become markup', () => {
    const { svg } = drawTrend(points, words).wide;
    expect(svg).toContain('leads 125');
    expect(svg).toContain('visits &lt;b&gt; 50');
  });

  test('is there with nothing to draw', () => {
    expect(drawTrend([], words).wide.svg).toContain('</svg>');
  });
});
