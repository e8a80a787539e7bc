import type { Recognised } from '#lib/exports/recognise.ts';
import { fillings } from '../mapping/fillings.ts';
import { isNumeric, isTimed } from '../values/writing.ts';
import type { Filled } from '../values/writing.ts';

/**
 * The dates and numbers by which a file feeds its other lists, by names of their own: how they are written tells of this
 * list's columns too where its own values leave it open.
 */
export function witnesses(list: Recognised, lists: readonly Recognised[]): Filled[] {
  const own = new Set(list.columns.values());
  const others = lists
    .filter((other) => other !== list)
    .flatMap((other) => fillings(other).filter(({ expression }) => expression === null))
    .filter((one) => (isTimed(one) || isNumeric(one)) && ![...own].some((at) => one.text === `t${at}`));
  const columns = new Map(
    others.map(({ field, text }) => [text, { field: { ...field, name: `of_${text}` }, text }]),
  );
  return [...columns.values()];
}
