import { tablesRead } from '../dependencies.ts';
import type { Transaction } from '../warehouse.ts';
import { isTied } from './families.ts';

/** The families that were gathered, as they were or as they are. */
export type Side = 'before' | 'after';

const LIST = /\bexports\.(\w+)/g;

/** Whether a text reads a list itself, not only models. */
export function readsLists(body: string): boolean {
  return body.search(LIST) >= 0;
}

/**
 * The same select, of the gathered families alone: it reads `family_<list>` for each list and `<side>_<model>` for each
 * model. Throws when it reads a list whose rows are of no families.
 */
export async function ofFamilies(
  asker: Pick<Transaction, 'query'>,
  body: string,
  side: Side,
  models: { has(name: string): boolean },
): Promise<string> {
  const condition = { before: 'counted_before', after: 'counts_now' }[side];
  const text = body.replace(LIST, (_, list: string) => {
    if (!isTied(list))
      throw new Error(`A model reads exports.${list}, whose ties families.ts does not know.`);
    return `(select * exclude (counted_before, counts_now) from family_${list} where ${condition})`;
  });
  const read = (await tablesRead(asker, body)).filter((name) => models.has(name));
  const above = read.map((name) => `${name} as (select * from ${side}_${name})`);
  return `${above.length > 0 ? `with ${above.join(', ')} ` : ''}select * from (\n${text}\n) m`;
}
