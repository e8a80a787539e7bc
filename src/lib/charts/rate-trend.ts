import { valueLine } from './value-line.ts';
import type { EChartsCoreOption } from 'echarts/core';
import { rateTicks } from './ticks.ts';
import { hairlines, isNarrow, plain, roomForNotes, timeAxes } from './week-axis.ts';
import type { TimePoint } from './week-axis.ts';

/** One cohort: its rate in 0…1 with the 95 % interval; null where there is none. */
export type RatePoint = TimePoint & {
  rate: number | null;
  low: number | null;
  high: number | null;
  /** Most of what comes in the end has come, and every store recorded as usual. */
  finished: boolean;
};

/** How a rate is written: 0.123 → 12.3%. */
export type Writing = (rate: number) => string;

/** The marks of a scale that reaches a value, and the room for their words in px. */
export type Scale = { marks: (highest: number) => number[]; room: number };

const rates: Scale = { marks: rateTicks, room: 40 };

/**
 * A rate cohort by cohort: a line within the tint of its 95 % interval, hollow points where it is unfinished. The
 * scale begins at 0. `step` gives the hue. Of another `scale` it is drawn the same way.
 */
export function rateTrendOption(
  points: readonly RatePoint[],
  step: number,
  name: string,
  write: Writing,
  width: number,
  { marks, room }: Scale = rates,
): EChartsCoreOption {
  const narrow = isNarrow(width);
  const end = marks(Math.max(...points.map(({ high, rate }) => high ?? rate ?? 0), 0)).at(-1) ?? 1;
  return {
    ...plain,
    grid: { left: room, right: 52, top: roomForNotes(points), bottom: 28 },
    xAxis: timeAxes(points, narrow ? 3.5 : 5),
    yAxis: {
      type: 'value',
      min: 0,
      max: end,
      interval: marks(end)[1] ?? end,
      axisLabel: { color: 'var(--ink-2)', fontSize: 12, formatter: (rate: number) => round(write(rate)) },
      splitLine: hairlines,
    },
    series: [...band(points, step), line(points, step, name, write)],
  };
}

const still = { symbol: 'none', silent: true, clip: false, emphasis: { disabled: true } } as const;

/** The interval as what stands between two stacked lines of which nothing is seen. */
function band(points: readonly RatePoint[], step: number): object[] {
  const unseen = {
    type: 'line',
    stack: 'interval',
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    ...still,
  };
  return [
    { ...unseen, data: points.map(({ low }) => low) },
    {
      ...unseen,
      data: points.map(({ low, high }) => (low === null || high === null ? null : high - low)),
      areaStyle: { color: `color-mix(in oklab, var(--q${step}) 26%, var(--paper))`, opacity: 1 },
    },
  ];
}

function line(points: readonly RatePoint[], step: number, name: string, write: Writing): object {
  return {
    ...still,
    ...valueLine(
      points.map(({ rate, finished }) => ({ value: rate, finished })),
      `var(--q${step})`,
      write,
    ),
    name,
    tooltip: { valueFormatter: (value: unknown) => (typeof value === 'number' ? write(value) : '–') },
  };
}

function round(text: string): string {
  return text.replace(/\.0+(?=%)/, '');
}
