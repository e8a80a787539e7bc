import { Refusal } from '#lib/errors/refusal.ts';
import { visible } from '#lib/exports/visible.ts';
import { asCsv } from '#lib/server/reports/csv.ts';
import { word } from '#lib/words/word.ts';
import { allowOnly } from './arguments.ts';
import type { Call, Outcome } from './commands.ts';
import { mappingIn } from './import-decisions.ts';
import { doAt } from './place.ts';
import { asTable } from './table-text.ts';

/** `mappings`: what was decided for files, one line for each kind. */
export async function mappingsCommand({ arguments: given, place, format, locale }: Call): Promise<Outcome> {
  allowOnly(given, []);
  if (given.words.length > 0) throw new Refusal('usage', { detail: 'mappings' });
  const kept = await doAt(place, { kind: 'mappings' });
  if (format === 'json') return { out: `${JSON.stringify(kept, null, 2)}\n`, messages: [] };
  const columns = ['source', 'lists', 'decided_at'] as const;
  const rows = kept.map(({ source, mapping, decidedAt }) => [
    visible(source),
    mapping.lists.map(({ table = '' }) => table).join(', '),
    decidedAt,
  ]);
  const titles = columns.map((column) => word(locale, `mapping.${column}`));
  return { out: format === 'csv' ? asCsv(columns, rows) : asTable(titles, rows), messages: [] };
}

/** `mapping SOURCE`, `mapping SOURCE --from FILE`, `mapping SOURCE --forget`: reads, puts in and removes one of them. */
export async function mappingCommand({ arguments: given, place, locale }: Call): Promise<Outcome> {
  allowOnly(given, ['from', 'forget']);
  const [source, ...rest] = given.words;
  const [file, ...more] = given.options.get('from') ?? [];
  const forget = given.flags.has('forget');
  if (source === undefined || rest.length + more.length > 0 || (forget && file !== undefined))
    throw new Refusal('usage', { detail: 'mapping SOURCE [--from FILE | --forget]' });
  if (forget) {
    await doAt(place, { kind: 'forget-mapping', source });
    return { out: '', messages: [word(locale, 'mapping.forgotten', { source: visible(source) })] };
  }
  const kept =
    file === undefined
      ? await doAt(place, { kind: 'mapping', source })
      : await doAt(place, { kind: 'keep-mapping', source, mapping: await mappingIn(file) });
  return { out: `${JSON.stringify(kept, null, 2)}\n`, messages: [] };
}
