import type { EChartsCoreOption } from 'echarts/core';
import { extent } from './ticks.ts';
import { hairlines, isNarrow, plain } from './week-axis.ts';

/** Somebody's rate of so many units; `beyond` the 95 % limits or not. */
export type FunnelPoint = { name: string; base: number; rate: number; beyond: boolean };

/** Between which rates of so many units lie by chance alone: 95 % and, further out, 99.8 %. */
export type FunnelLimit = { base: number; low: number; high: number; farLow: number; farHigh: number };

export type FunnelPlot = {
  points: readonly FunnelPoint[];
  limits: readonly FunnelLimit[];
  /** The rate of everybody. */
  house: number;
};

/** What is written at the ends of the lines and of the axis below; how a rate is written. */
export type FunnelWords = { house: string; base: string; write: (rate: number) => string };

/** Pixels that a unit and a rate of 1 take. */
type Pixels = { across: number; down: number };

type Line = { data: (readonly [number, number])[]; label: string; type: 'solid' | 'dashed'; colour: string };

const RATE_STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25];
const BASE_STEPS = [1, 2, 5];
/** A dot that is closer than this to another, in px, has its name on the side away from it. */
const CLOSE = { across: 72, down: 14 };
/** Room to the left of the scales, in px, and roughly how high they are. */
const LEFT = 44;
const HEIGHT = 170;

/**
 * Rates by how many units they are of, within the limits of chance around the rate of everybody: Spiegelhalter 2005,
 * Statistics in Medicine 24:1185. Limits are shown from half of the fewest units on, where they still fit the scale.
 */
export function funnelPlotOption(
  { points, limits, house }: FunnelPlot,
  words: FunnelWords,
  width: number,
): EChartsCoreOption {
  const bases = extent(points.map(({ base }) => base)) ?? { low: 1, high: 1 };
  const shown = limits.filter(({ base }) => base >= bases.low / 2);
  const { low, high, step } = rateScale(points, shown, house);
  const narrow = isNarrow(width);
  const right = narrow ? 64 : 88;
  const most = last(shown)?.base ?? bases.high;
  const pixels = { across: (width - LEFT - right) / most, down: HEIGHT / (high - low) };
  const lines: Line[] = [
    line(shown, 'farHigh', '99.8%', 'dashed'),
    line(shown, 'high', '', 'solid'),
    line(shown, 'low', '95%', 'solid'),
    line(shown, 'farLow', '', 'dashed'),
  ];
  const ends: Line = {
    data: shown.map(({ base }) => [base, house] as const),
    label: words.house,
    type: 'solid',
    colour: 'var(--ink)',
  };
  return {
    ...plain,
    grid: { left: LEFT, right, top: 16, bottom: 40 },
    xAxis: {
      type: 'value',
      min: 0,
      max: most,
      interval: baseStep(bases.high, narrow ? 4 : 8),
      name: words.base,
      nameLocation: 'middle',
      nameGap: 22,
      nameTextStyle: { color: 'var(--ink-2)', fontSize: 12 },
      axisLine: { lineStyle: { color: 'var(--hair-2)' } },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLabel: { color: 'var(--ink-2)', fontSize: 12, showMaxLabel: false },
    },
    yAxis: {
      type: 'value',
      min: low,
      max: high,
      interval: step,
      axisLabel: {
        color: 'var(--ink-2)',
        fontSize: 12,
        formatter: (rate: number) => words.write(rate).replace(/\.0+(?=%)/, ''),
      },
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: hairlines,
    },
    series: [...lines, ends]
      .map(({ data, label, type, colour }): object => ({
        ...still,
        data: data.filter(([, rate]) => rate >= low && rate <= high),
        symbol: 'none',
        lineStyle: { color: colour, width: 1, type },
        labelLayout: { hideOverlap: true },
        endLabel: { show: label !== '', formatter: label, color: 'var(--ink-2)', fontSize: 12, distance: 6 },
      }))
      .concat(dots(points, true, pixels), dots(points, false, pixels)),
  };
}

const still = { type: 'line', silent: true, clip: false, emphasis: { disabled: true } } as const;

function line(
  limits: readonly FunnelLimit[],
  of: Exclude<keyof FunnelLimit, 'base'>,
  label: string,
  type: Line['type'],
): Line {
  return {
    data: limits.map((limit) => [limit.base, limit[of]] as const),
    label,
    type,
    colour: 'var(--ink-3)',
  };
}

/** Those beyond the limits come first: where names would meet, theirs stay. */
function dots(points: readonly FunnelPoint[], beyond: boolean, pixels: Pixels): object {
  return {
    ...still,
    lineStyle: { opacity: 0 },
    symbol: 'circle',
    symbolSize: 7,
    showAllSymbol: true,
    itemStyle: {
      color: beyond ? 'var(--ink)' : 'var(--paper)',
      borderColor: 'var(--ink)',
      borderWidth: 1.5,
      opacity: 1,
    },
    label: {
      show: true,
      distance: 6,
      color: beyond ? 'var(--ink)' : 'var(--ink-2)',
      fontSize: 12,
      formatter: '{b}',
    },
    labelLayout: { hideOverlap: true },
    data: points
      .filter((point) => point.beyond === beyond)
      .map((point) => ({
        name: point.name,
        value: [point.base, point.rate],
        label: { position: sideOf(point, points, pixels) },
      })),
  };
}

/** Where a name stands: right of its dot, left of it where another is in the way, above it between two. */
function sideOf(
  point: FunnelPoint,
  points: readonly FunnelPoint[],
  pixels: Pixels,
): 'right' | 'left' | 'top' {
  if (!points.some((other) => isJustRight(other, point, pixels))) return 'right';
  return points.some((other) => isJustRight(point, other, pixels)) ? 'top' : 'left';
}

/** Whether another dot stands where the name of this one would, to its right. */
function isJustRight(other: FunnelPoint, { base, rate }: FunnelPoint, { across, down }: Pixels): boolean {
  const right = (other.base - base) * across;
  return right > 0 && right < CLOSE.across && Math.abs(other.rate - rate) * down < CLOSE.down;
}

function rateScale(points: readonly FunnelPoint[], limits: readonly FunnelLimit[], house: number) {
  const bases = extent(points.map(({ base }) => base));
  const fewest = limits.find(({ base }) => base >= (bases?.low ?? 0)) ?? null;
  const reach = extent([
    house,
    ...points.map(({ rate }) => rate),
    fewest && fewest.farLow,
    fewest && fewest.farHigh,
  ]) ?? { low: 0, high: 1 };
  const wanted = Math.max(reach.high - reach.low, 0.01) / 4;
  const step = RATE_STEPS.find((size) => size >= wanted) ?? 0.25;
  const round = (value: number) => Number(value.toPrecision(12));
  return {
    low: round(Math.max(0, Math.floor(reach.low / step + 1e-9)) * step),
    high: round(Math.ceil(reach.high / step - 1e-9) * step),
    step,
  };
}

function baseStep(most: number, labels: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(most / labels)));
  return power * (BASE_STEPS.find((times) => times * power * labels >= most) ?? 10);
}

function last<T>(list: readonly T[]): T | undefined {
  return list.at(-1);
}
