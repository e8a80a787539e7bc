import { isNumeric, isTimed } from './writing.ts';
import type { Filled } from './writing.ts';

const DATE = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d:\d\d)?$/;
const NUMBER = /^[+-]?\d*(?:\.(?:\d{0,2}|\d{4,}))?$/;

/**
 * Whether all dates and numbers among the first values of a list are plain, so that it is worth reading it without
 * looking at whole columns before. `valuesOf` gives the values of a filled field.
 */
export function looksPlain(filled: readonly Filled[], valuesOf: (one: Filled) => readonly string[]): boolean {
  return filled.every((one) => {
    const plain = isTimed(one) ? DATE : isNumeric(one) ? NUMBER : null;
    return plain === null || valuesOf(one).every((value) => value.trim() === '' || plain.test(value.trim()));
  });
}
