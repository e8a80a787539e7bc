import type { TableName } from '#lib/exports/tables.ts';
import type { App } from '../app.ts';
import { tried } from '../warehouse/tried.ts';
import { heldOn, recordOf } from './held.ts';
import type { Held } from './held.ts';
import { idsOf } from './ids.ts';
import { contactsIn, knownBy, notesNaming } from './known.ts';
import { findPlaces } from './places.ts';
import type { Subject } from './subject.ts';

/** A record of a list: the number of the import that brought it, its line there, its fields, and columns unknown to the lists. */
type Told = {
  list: Held['list'];
  import: number;
  line: number;
  fields: Record<string, string>;
  more?: Record<string, string>;
};

/** What became of a record: it counts, its import was withdrawn, it was rejected, or a later record replaced it. */
type State = 'counts' | 'withdrawn' | 'rejected' | 'replaced';

/**
 * Everything that is held on somebody, as it is handed to them. `records` count now. `kept` stand in imports beside them:
 * records that do not count, and those that name somebody by a telephone or WeChat name alone, or as a partner: then only
 * what says so is given. `rejected` are records that could not be taken in, as they stood in the file: one that could not be
 * divided may hold others too. `notes` call them by name.
 */
export type Exported = {
  customer: string;
  as_of: string;
  records: (Told & { at: string | null })[];
  kept: (Told & { state: State; as_partner: boolean })[];
  rejected: { import: number; line: number; file: string; text: string | null; reasons: string[] }[];
  notes: { week: string; text: string }[];
};

/** What is held on a subject, as a file, found where erasing finds it: empty fields are left out. */
export async function exportedOf(app: App, subject: Subject): Promise<Exported> {
  return tried(app.warehouse, async (transaction) => {
    const held = await heldOn(transaction, subject, await idsOf(transaction, subject));
    const { those, keys, names, called } = await knownBy(app, transaction, subject);
    const { rows } = await findPlaces(transaction, those, keys);
    const counted = new Set(held.map(placeOf));
    const kept: Kept[] = [];
    for (const { table } of rows) kept.push(...(await transaction.query<Kept>(keptIn(table))));
    return {
      customer: subject.key,
      as_of: app.clock().toISOString(),
      records: held.map(({ at, ...record }) => ({ ...told(record), at })),
      kept: kept
        .filter((record) => !counted.has(placeOf(record)))
        .map(({ state, is_own, record, extra, ...place }) => ({
          ...told({
            ...place,
            fields: partOf(JSON.parse(record) as Held['fields'], is_own),
            extra: extra === null || !is_own ? {} : (JSON.parse(extra) as Held['extra']),
          }),
          state,
          as_partner: !is_own,
        })),
      rejected: await transaction.query<Exported['rejected'][number]>(REJECTED),
      notes: notesNaming(app.notes.kept(), [...contactsIn(names), ...called]).map(({ week, text }) => ({
        week,
        text,
      })),
    };
  });
}

type Place = Pick<Held, 'list' | 'batch' | 'line'>;
type Kept = Place & { state: State; is_own: boolean; record: string; extra: string | null };

const placeOf = ({ list, batch, line }: Place): string => `${list} ${batch} ${line}`;

/** The rows of a list in `erased_rows`, whatever became of them. */
const keptIn = (table: TableName): string => `
  select '${table}' as list, t.batch_id as batch, t.line as line, ${recordOf(table)} as record, t.extra as extra,
    e.is_own as is_own,
    case
      when t.counts then 'counts'
      when b.withdrawn_at is not null then 'withdrawn'
      when t.problem is not null then 'rejected'
      else 'replaced'
    end as state
  from raw.${table} t
  join erased_rows e on e.batch_id = t.batch_id and e.line = t.line
  join raw.batches b on b.batch_id = t.batch_id and b.table_name = '${table}'
  order by t.batch_id, t.line`;

const REJECTED = `
  select r.batch_id as "import", r.line as line, b.file as file, max(r.raw_text) as text,
    list(distinct r.reason order by r.reason) as reasons
  from erased_rejects e
  join raw.rejects r on r.batch_id = e.batch_id and r.line = e.line
  join raw.batches b on b.batch_id = r.batch_id
  group by r.batch_id, r.line, b.file
  order by r.batch_id, r.line`;

/** Of somebody else's record only what calls its partner. */
function partOf(fields: Held['fields'], isOwn: boolean): Held['fields'] {
  return isOwn
    ? fields
    : Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith('partner_')));
}

function told({ list, batch, line, fields, extra }: Omit<Held, 'at'>): Told {
  const more = filled(extra);
  return {
    list,
    import: batch,
    line,
    fields: filled(fields),
    ...(Object.keys(more).length === 0 ? {} : { more }),
  };
}

function filled(fields: Held['fields']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
