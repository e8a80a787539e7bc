import { extent, rateTicks } from '#lib/charts/ticks.ts';
import type { RetentionMeansRow } from '#lib/server/reports.gen.ts';
import { percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

const frame = { width: 640, height: 200, left: 44, right: 60, top: 12, bottom: 24 };

/** The weighted mean by period since, within its interval, as paths; null where fewer than two periods are over. */
export function curveOf(
  locale: Locale,
  means: readonly RetentionMeansRow[],
  nameOf: (column: number) => string,
) {
  const points = means.flatMap(({ period_no, weighted, weighted_low, weighted_high }) =>
    period_no > 0 && weighted !== null && weighted_low !== null && weighted_high !== null
      ? [{ at: period_no, share: weighted, low: weighted_low, high: weighted_high }]
      : [],
  );
  const last = points.at(-1);
  if (last === undefined || points.length < 2) return null;
  const ticks = rateTicks(extent(points.map(({ high }) => high))?.high ?? 1);
  const top = ticks.at(-1) ?? 1;
  const right = frame.width - frame.right;
  const base = frame.height - frame.bottom;
  const x = (at: number) => frame.left + ((at - 1) / (last.at - 1)) * (right - frame.left);
  const y = (share: number) => base - (share / top) * (base - frame.top);
  const line = (side: 'share' | 'low' | 'high', all = points) =>
    all.map((point) => `${x(point.at).toFixed(1)} ${y(point[side]).toFixed(1)}`).join('L');
  return {
    ...frame,
    base,
    path: `M${line('share')}`,
    band: `M${line('high')}L${line('low', points.toReversed())}Z`,
    rates: ticks.map((rate) => ({
      y: y(rate),
      text: rate === 0 ? '0' : percent(locale, rate).replace(/\.0+(?=%)/, ''),
    })),
    ages: points.map(({ at }) => ({ x: x(at), text: nameOf(at) })),
    end: { x: x(last.at) + 6, y: y(last.share), text: percent(locale, last.share) },
  };
}

export type CurveView = NonNullable<ReturnType<typeof curveOf>>;
