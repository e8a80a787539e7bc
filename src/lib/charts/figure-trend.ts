import type { EChartsCoreOption } from 'echarts/core';
import { valueLine } from './value-line.ts';
import { hairlines, isNarrow, plain, timeAxes } from './week-axis.ts';
import type { TimePoint } from './week-axis.ts';

/** One week of a number; null where it has none. `complete` is false while it may still change. */
export type FigurePoint = TimePoint & { value: number | null; complete: boolean };

/** What the line is called, which of the page's hues it has, and how a value is written at its end and on the scale. */
export type FigureStyle = { name: string; hue: string; write: (value: number) => string };

/** One number week by week: a line whose scale holds 0, its last value written at its end, unfinished weeks hollow. */
export function figureTrendOption(
  points: readonly FigurePoint[],
  { name, hue, write }: FigureStyle,
  width: number,
): EChartsCoreOption {
  return {
    ...plain,
    grid: { left: 72, right: 88, top: 12, bottom: 28 },
    xAxis: timeAxes(points, isNarrow(width) ? 2.5 : 7),
    yAxis: {
      type: 'value',
      splitNumber: 4,
      axisLabel: { color: 'var(--ink-2)', fontSize: 12, formatter: write },
      splitLine: hairlines,
    },
    series: [
      {
        ...valueLine(
          points.map(({ value, complete }) => ({ value, finished: complete })),
          hue,
          write,
        ),
        name,
        symbol: 'none',
        clip: false,
        silent: true,
        emphasis: { disabled: true },
      },
    ],
  };
}
