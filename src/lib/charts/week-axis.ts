import type { EChartsCoreOption } from 'echarts/core';

/** A point in time of a chart: its label, and the marks of the notes that are pinned to it. */
export type TimePoint = { week: string; note?: string | undefined };

const NARROW = 600;

/** Whether a chart of this width in px is one for a narrow screen. */
export function isNarrow(width: number): boolean {
  return width < NARROW;
}

/** Text, colours and stillness that all charts over time have. Colours are the page's own variables. */
export const plain = {
  animation: false,
  textStyle: { fontFamily: 'inherit', color: 'var(--ink-2)', fontSize: 12 },
} as const;

/**
 * The axis of weeks or months below a chart, and above it the marks of notes with a dashed line down from each. `labels`
 * says how many names find room.
 */
export function timeAxes(points: readonly TimePoint[], labels: number): object[] {
  const below = {
    type: 'category',
    boundaryGap: false,
    data: points.map(({ week }) => week),
    axisLine: { lineStyle: { color: 'var(--hair-2)' } },
    axisTick: { show: false },
    axisLabel: {
      color: 'var(--ink-2)',
      interval: Math.max(0, Math.ceil(points.length / labels) - 1),
      showMinLabel: true,
      alignMinLabel: 'left',
      fontSize: 12,
    },
  };
  return hasNotes(points) ? [below, notesAbove(points)] : [below];
}

/** How much room the marks of notes need above a chart, in px. */
export function roomForNotes(points: readonly TimePoint[]): number {
  return hasNotes(points) ? 28 : 12;
}

/** The grid lines of a scale of counts or rates. */
export const hairlines = { lineStyle: { color: 'var(--hair)', width: 1 } } as const;

/** What is added on the client: the figures of the point under the pointer. */
export function pointerTooltip(): EChartsCoreOption {
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

function hasNotes(points: readonly TimePoint[]): boolean {
  return points.some(({ note }) => note);
}

function notesAbove(points: readonly TimePoint[]): object {
  return {
    type: 'category',
    position: 'top',
    boundaryGap: false,
    data: points.map(({ note }) => note ?? ''),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: 'var(--ink)', interval: 0, margin: 2, fontSize: 14, hideOverlap: false },
    splitLine: {
      show: true,
      showMinLine: false,
      showMaxLine: false,
      interval: (_: number, note: string) => note !== '',
      lineStyle: { color: 'var(--ink-3)', width: 1, type: [2, 2] },
    },
    axisPointer: { show: false },
  };
}
