import { init } from './echarts.ts';
import { trendOption, trendTooltip } from './people-trend.ts';
import type { TrendPoint, TrendWords } from './people-trend.ts';

/**
 * Lays a chart that answers the pointer over the drawing in `host`, at the very size that the drawing has, and follows
 * that size. Gives back what takes it away again.
 */
export function bringAlive(host: HTMLElement, points: readonly TrendPoint[], words: TrendWords): () => void {
  const layer = document.createElement('div');
  layer.setAttribute('aria-hidden', 'true');
  layer.dataset['layer'] = '';
  const fill = () => {
    layer.style.cssText = `position:absolute;inset:0;width:${host.clientWidth}px;height:${host.clientHeight}px`;
    return { width: host.clientWidth, height: host.clientHeight };
  };
  const size = fill();
  const chart = init(layer, null, { renderer: 'svg', ...size });
  const draw = () => chart.setOption({ ...trendOption(points, words, chart.getWidth()), ...trendTooltip() });
  draw();
  host.append(layer);
  const follow = new ResizeObserver(() => {
    if (host.clientWidth === 0 || host.clientWidth === chart.getWidth()) return;
    chart.resize(fill());
    draw();
  });
  follow.observe(host);
  return () => {
    follow.disconnect();
    chart.dispose();
    layer.remove();
  };
}
