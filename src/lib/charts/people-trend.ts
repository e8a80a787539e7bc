import type { EChartsCoreOption } from 'echarts/core';
import { hairlines, isNarrow, plain, roomForNotes, timeAxes } from './week-axis.ts';
import type { TimePoint } from './week-axis.ts';

/** One week or month of the chart; null where a step has no source. */
export type TrendPoint = TimePoint & {
  leads: number | null;
  visits: number | null;
  orders: number | null;
  /** The week is over and every store recorded as usual. */
  complete: boolean;
};

export type TrendWords = { leads: string; visits: string; orders: string };

const series = [
  { key: 'leads', step: 2 },
  { key: 'visits', step: 3 },
  { key: 'orders', step: 4 },
] as const;

/**
 * Leads, visits and orders week by week as lines from 0, each labelled at its end. A week without a source leaves a
 * gap, an incomplete week is a hollow point. Colours are the page's own variables, so light and dark need no redrawing.
 */
export function trendOption(
  points: readonly TrendPoint[],
  words: TrendWords,
  width: number,
): EChartsCoreOption {
  const narrow = isNarrow(width);
  return {
    ...plain,
    grid: { left: 40, right: narrow ? 68 : 72, top: roomForNotes(points), bottom: 28 },
    xAxis: timeAxes(points, narrow ? 3.5 : 8),
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      minInterval: 1,
      axisLabel: { color: 'var(--ink-2)', fontSize: 12 },
      splitLine: hairlines,
    },
    series: series.map(({ key, step }) => line(points, key, step, words[key])),
  };
}

function line(
  points: readonly TrendPoint[],
  key: 'leads' | 'visits' | 'orders',
  step: number,
  name: string,
): object {
  const colour = `var(--q${step})`;
  const last = points.length - 1;
  return {
    name,
    type: 'line',
    data: points.map((point, index) =>
      index < last && point.complete
        ? point[key]
        : {
            value: point[key],
            symbol: 'circle',
            symbolSize: index < last ? 5 : 7,
            itemStyle: {
              color: point.complete ? colour : 'var(--paper)',
              borderColor: colour,
              borderWidth: 1.5,
            },
          },
    ),
    symbol: 'none',
    showAllSymbol: true,
    clip: false,
    connectNulls: false,
    color: colour,
    lineStyle: { color: colour, width: 1.5 },
    endLabel: {
      show: true,
      formatter: ({ seriesName, value }: { seriesName?: string; value?: unknown }) =>
        `${seriesName ?? ''} ${value ?? ''}`,
      color: 'var(--ink)',
      fontSize: 12,
      distance: 8,
    },
    labelLayout: { moveOverlap: 'shiftY' },
    emphasis: { disabled: true },
  };
}
