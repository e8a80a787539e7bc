import type { EChartsCoreOption } from 'echarts/core';

/** One week of the chart; null where a step has no source. */
export type TrendPoint = {
  week: string;
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
  const narrow = width < 600;
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit', color: 'var(--ink-2)', fontSize: 12 },
    grid: { left: 40, right: narrow ? 68 : 72, top: 12, bottom: 28 },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: points.map(({ week }) => week),
      axisLine: { lineStyle: { color: 'var(--hair-2)' } },
      axisTick: { show: false },
      axisLabel: {
        color: 'var(--ink-2)',
        interval: narrow ? 7 : 3,
        showMinLabel: true,
        alignMinLabel: 'left',
        fontSize: 12,
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      splitNumber: 4,
      minInterval: 1,
      axisLabel: { color: 'var(--ink-2)', fontSize: 12 },
      splitLine: { lineStyle: { color: 'var(--hair)', width: 1 } },
    },
    series: series.map(({ key, step }) => line(points, key, step, words[key])),
  };
}

/** What is added on the client: the week's three figures under the pointer. */
export function trendTooltip(): EChartsCoreOption {
  return {
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      transitionDuration: 0,
      backgroundColor: 'var(--paper)',
      borderColor: 'var(--hair-2)',
      borderWidth: 1,
      shadowBlur: 0,
      shadowColor: 'transparent',
      padding: 8,
      textStyle: { color: 'var(--ink)', fontSize: 12, fontFamily: 'inherit' },
      axisPointer: { type: 'line', lineStyle: { color: 'var(--ink-3)', width: 1, type: 'solid' } },
    },
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
