import { init } from './echarts.ts';
import { trendOption } from './people-trend.ts';
import type { TrendPoint, TrendWords } from './people-trend.ts';

/** A chart as the first HTML has it: for narrow and for wide screens, each `width` × `height` px of SVG text. */
export type Drawing = { width: number; height: number; svg: string };

export type Drawings = { narrow: Drawing; wide: Drawing };

const sizes = { narrow: { width: 358, height: 224 }, wide: { width: 1200, height: 240 } } as const;

/** Draws the chart of 26 weeks on the server, without a browser. */
export function drawTrend(points: readonly TrendPoint[], words: TrendWords): Drawings {
  const draw = ({ width, height }: { width: number; height: number }): Drawing => {
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
    try {
      chart.setOption(trendOption(points, words, width));
      return { width, height, svg: fluid(chart.renderToSVGString()) };
    } finally {
      chart.dispose();
    }
  };
  return { narrow: draw(sizes.narrow), wide: draw(sizes.wide) };
}

const FOR_POINTERS =
  /<style[^]*?<\/style>| (?:class|pointer-events|ecmeta_\w+|xmlns(?::xlink)?|version|baseProfile|xml:space)="[^"]*"/g;

/**
 * Lets the page decide how wide the drawing is, leaves reading it aloud to the table beside it, and takes out what only
 * serves pointers or files of their own.
 */
function fluid(svg: string): string {
  return svg
    .replace(FOR_POINTERS, '')
    .replace(/^<svg width="[^"]*" height="[^"]*"/, '<svg width="100%" height="100%" aria-hidden="true"');
}
