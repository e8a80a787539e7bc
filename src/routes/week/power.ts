import type { FunnelChangeRow } from '#lib/server/reports.gen.ts';
import { percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';

/** The smallest fall of a figure that would be called in four of five weeks as large as this one. */
export type Power = { figure: 'visit_rate' | 'closing_rate' | 'orders'; drop: string };

const FIGURES = [
  { figure: 'visit_rate', step: 3, of: 'rate' },
  { figure: 'closing_rate', step: 4, of: 'rate' },
  { figure: 'orders', step: 4, of: 'orders' },
] as const;

/** What a week of this size can show at all; figures that no fall would make known are left out. */
export function powerView(locale: Locale, changes: readonly FunnelChangeRow[]): Power[] {
  return FIGURES.flatMap(({ figure, step, of }) => {
    const row = changes.find((change) => change.step_no === step && change.figure === of);
    return row?.detectable_drop == null ? [] : [{ figure, drop: percent(locale, row.detectable_drop) }];
  });
}
