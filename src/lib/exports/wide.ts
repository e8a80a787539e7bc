import type { Recognised } from './recognise.ts';
import { fieldsOf } from './tables.ts';

/**
 * Tells each list of a wide file which records feed it. A list is known by the columns of its required fields that no
 * list before it uses: a visit whose number is the lead's is there where its date is. The first list also takes the
 * records that feed none of the others, so that none is lost unseen. A file of one list feeds it with every record.
 */
export function withWideParts(lists: readonly Recognised[]): Recognised[] {
  if (lists.length < 2) return [...lists];
  const marks = lists.map((list, at) => marksOf(list, lists.slice(0, at)));
  return lists.map((list, at) => ({
    ...list,
    wide: { marks: marks[at] ?? [], others: at === 0 ? [...new Set(marks.slice(1).flat())] : [] },
    elsewhere: [
      ...new Set(lists.flatMap(({ columns }, other) => (other === at ? [] : [...columns.values()]))),
    ],
  }));
}

function marksOf({ table, columns }: Recognised, before: readonly Recognised[]): number[] {
  const needed = fieldsOf(table)
    .filter(({ required }) => required)
    .flatMap(({ name }) => columns.get(name) ?? []);
  const used = new Set(before.flatMap((other) => [...other.columns.values()]));
  const own = needed.filter((at) => !used.has(at));
  return [...new Set(own.length > 0 ? own : needed)];
}
