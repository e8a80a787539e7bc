import type { EChartsCoreOption } from 'echarts/core';
import { init } from './echarts.ts';
import { trendOption } from './people-trend.ts';
import type { TrendPoint, TrendWords } from './people-trend.ts';

/** A chart as the first HTML has it: for narrow and for wide screens, each `width` × `height` px of SVG text. */
export type Drawing = { width: number; height: number; svg: string };

export type Drawings = { narrow: Drawing; wide: Drawing };

/** What a chart shows at a width in px. */
export type OptionOf = (width: number) => EChartsCoreOption;

type Size = { width: number; height: number };

/** Sizes in px of a chart across the page, and of one of two that share it. */
const sizes = {
  whole: { narrow: { width: 358, height: 224 }, wide: { width: 1200, height: 240 } },
  half: { narrow: { width: 358, height: 176 }, wide: { width: 580, height: 200 } },
} as const satisfies Record<string, { narrow: Size; wide: Size }>;

/** Draws a chart on the server, without a browser. */
export function draw(option: OptionOf, share: keyof typeof sizes = 'whole'): Drawings {
  const { narrow, wide } = sizes[share];
  return { narrow: drawAt(option, narrow), wide: drawAt(option, wide) };
}

/** Draws the chart of leads, visits and orders. */
export function drawTrend(points: readonly TrendPoint[], words: TrendWords): Drawings {
  return draw((width) => trendOption(points, words, width));
}

function drawAt(option: OptionOf, { width, height }: Size): Drawing {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(option(width));
    return { width, height, svg: fluid(chart.renderToSVGString()) };
  } finally {
    chart.dispose();
  }
}

const FOR_POINTERS =
  /<style[^]*?<\/style>| (?:class|pointer-events|ecmeta_\w+|xmlns(?::xlink)?|version|baseProfile|xml:space)="[^"]*"/g;
/** Names of clips would meet those of the chart that comes alive over the drawing. Nothing reaches beyond its scales. */
const CLIPS = /<defs ?>[^]*?<\/defs>| clip-path="[^"]*"/g;

/**
 * Lets the page decide how wide the drawing is, leaves reading it aloud to the table beside it, and takes out what only
 * serves pointers or files of their own.
 */
function fluid(svg: string): string {
  return svg
    .replace(FOR_POINTERS, '')
    .replace(CLIPS, '')
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg width="100%" height="100%" aria-hidden="true"');
}
