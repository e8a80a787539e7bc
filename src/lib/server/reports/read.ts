import { parametersOf } from '../warehouse/parameters.ts';
import type { Arguments } from '../warehouse/parameters.ts';
import type { Limits } from '../warehouse/statement.ts';
import type { Row } from '../warehouse/values.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Extent, Reach } from './audience.ts';
import { boundBy, restricted } from './restrict.ts';
import { currentTexts, reportText } from './texts.ts';
import type { Texts } from './texts.ts';

const kept = new WeakMap<Texts, Map<string, string>>();

/** The text of a report for somebody who is given this much of the house. Throws the Error of `restricted`. */
export function textFor(name: string, extent: Extent): string {
  const texts = currentTexts();
  const known = kept.get(texts) ?? new Map<string, string>();
  kept.set(texts, known);
  const key = `${extent} ${name}`;
  const text = known.get(key) ?? restricted(reportText(name), extent, texts.models);
  known.set(key, text);
  return text;
}

/**
 * The rows of a report as a reach lets them be seen, whatever else was asked of it. Parameters that are for what it is fed or
 * finished by alone are not in its text. Throws Refusal query_*.
 */
export function readReport<R = Row>(
  warehouse: Warehouse,
  name: string,
  reach: Reach,
  params: Arguments,
  limits?: Limits,
): Promise<R[]> {
  const text = textFor(name, reach.extent);
  const used = parametersOf(text);
  const own = Object.fromEntries(Object.entries(params).filter(([param]) => used.has(param)));
  return warehouse.query<R>(text, { ...own, ...boundBy(reach, text) }, limits);
}
