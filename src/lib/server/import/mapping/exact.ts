import type { Style } from '#lib/exports/plan.ts';

/** The exact number in a trimmed text column with six decimals, null where it cannot be read as one. */
export function exact(column: string, _style: Style = {}): string {
  return `try_cast(${column} as decimal(18,6))`;
}
