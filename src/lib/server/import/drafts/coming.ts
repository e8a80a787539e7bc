import { keyOf } from '#lib/exports/tables.ts';
import { comingAgain } from '../coming-again.ts';
import { stagedRows } from '../staged-rows.ts';
import type { StagedList } from '../stage/task.ts';

/** A list that was read into a folder, and the business day on which it would come. */
export type Coming = { staged: StagedList; folder: string; day: string };

/** Two common table expressions: `sound`, the records that could come in; `last_ones`, those of them that count. */
export function lastOnes({ staged, folder, day }: Coming): string {
  return `
    sound as (select * from (${stagedRows(staged, folder, day)}) where problem is null),
    last_ones as (
      select * from sound
      qualify row_number() over (partition by ${keyOf(staged.table).join(', ')} order by line desc) = 1
    )`;
}

/** The query of those of `last_ones` whose key stands already, as `comingAgain` gives it. */
export function again({ staged }: Coming): string {
  const standing = `(select * from raw.${staged.table} where counts)`;
  return comingAgain(staged.table, { fresh: 'last_ones', standing, brings: staged });
}
