import type { OptionOf } from './draw.ts';
import { init } from './echarts.ts';
import { pointerTooltip } from './week-axis.ts';

/**
 * Lays a chart that answers the pointer over the drawing in `host`, at the very size that the drawing has, and follows
 * that size. Gives back what takes it away again.
 */
export function bringAlive(host: HTMLElement, option: OptionOf): () => void {
  const layer = document.createElement('div');
  layer.setAttribute('aria-hidden', 'true');
  layer.dataset['layer'] = '';
  const fill = () => {
    layer.style.cssText = `position:absolute;inset:0;width:${host.clientWidth}px;height:${host.clientHeight}px`;
    return { width: host.clientWidth, height: host.clientHeight };
  };
  const size = fill();
  const chart = init(layer, null, { renderer: 'svg', ...size });
  const draw = () => chart.setOption({ ...option(chart.getWidth()), ...pointerTooltip() });
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
