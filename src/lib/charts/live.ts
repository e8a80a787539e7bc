import { init } from './echarts.ts';
import { trendOption, trendTooltip } from './people-trend.ts';
import type { TrendPoint, TrendWords } from './people-trend.ts';

/**
 * Puts a chart that answers the pointer into the place of the drawing in `host`, at the very size that it has.
 * Gives back what ends it.
 */
export function bringAlive(
  host: HTMLElement,
  points: readonly TrendPoint[],
  words: TrendWords,
): { update(points: readonly TrendPoint[], words: TrendWords): void; end(): void } {
  const { width, height } = host.getBoundingClientRect();
  const layer = document.createElement('div');
  layer.style.cssText = `width:${width}px;height:${height}px`;
  layer.setAttribute('aria-hidden', 'true');
  const chart = init(layer, null, { renderer: 'svg', width, height });
  const show = (next: readonly TrendPoint[], named: TrendWords) =>
    chart.setOption({ ...trendOption(next, named, chart.getWidth()), ...trendTooltip() }, { notMerge: true });
  show(points, words);
  host.replaceChildren(layer);
  const fit = new ResizeObserver(() => {
    const size = host.getBoundingClientRect();
    if (size.width === 0) return;
    layer.style.cssText = `width:${size.width}px;height:${size.height}px`;
    chart.resize({ width: size.width, height: size.height });
  });
  fit.observe(host);
  return {
    update: show,
    end: () => {
      fit.disconnect();
      chart.dispose();
    },
  };
}
