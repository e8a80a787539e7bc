/** A value of a line, null where there is none; `finished` is false while it may still change. */
export type LinePoint = { value: number | null; finished: boolean };

/** What the lines of one number share: the last value written at its end and marked, unfinished values hollow. */
export function valueLine(
  points: readonly LinePoint[],
  hue: string,
  write: (value: number) => string,
): object {
  const last = points.length - 1;
  return {
    type: 'line',
    showAllSymbol: true,
    connectNulls: false,
    color: hue,
    lineStyle: { color: hue, width: 1.5 },
    data: points.map(({ value, finished }, at) =>
      finished && at < last
        ? value
        : {
            value,
            symbol: 'circle',
            symbolSize: at < last ? 5 : 7,
            itemStyle: { color: finished ? hue : 'var(--paper)', borderColor: hue, borderWidth: 1.5 },
          },
    ),
    endLabel: {
      show: true,
      formatter: ({ value }: { value?: unknown }) => (typeof value === 'number' ? write(value) : ''),
      color: 'var(--ink)',
      fontSize: 12,
      distance: 8,
    },
  };
}
