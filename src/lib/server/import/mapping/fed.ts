import type { Recognised } from '#lib/exports/recognise.ts';

/** The problem of a record that feeds another list of its file: it is none of this one. */
export const ELSEWHERE = ':elsewhere';

/** Whether a record of the file feeds the list, as an SQL boolean over the trimmed columns; see `exports/wide.ts`. */
export function isFed({ wide }: Pick<Recognised, 'wide'>): string {
  if (wide === null) return 'true';
  const own = anyFilled(wide.marks);
  return wide.others.length === 0 ? own : `(${own} or not ${anyFilled(wide.others)})`;
}

const anyFilled = (columns: readonly number[]): string =>
  `(coalesce(${[...columns.map((at) => `t${at}`), 'null'].join(', ')}) is not null)`;
