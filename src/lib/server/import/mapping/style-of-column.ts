import type { Style } from '#lib/exports/plan.ts';
import type { Recognised } from '#lib/exports/recognise.ts';

/** How a column is written, known by any field that it feeds or multiplies. */
export function styleOfColumn(
  { columns, factors, styles }: Pick<Recognised, 'columns' | 'factors' | 'styles'>,
  column: number,
): Style {
  for (const feeding of [columns, factors])
    for (const [field, at] of feeding) {
      const style = at === column ? styles.get(field) : undefined;
      if (style !== undefined) return style;
    }
  return {};
}
