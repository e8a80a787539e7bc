import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { Refusal } from '#lib/errors/refusal.ts';
import { fieldsOf } from '#lib/exports/tables.ts';
import type { App } from '../../app.ts';
import { writingInto } from '../../disk.ts';
import { businessDay } from '../business-day.ts';
import { namesInWarehouse } from '../stage/known-names.ts';
import type { StagedList } from '../stage/task.ts';
import { stagingFolder } from '../staging.ts';
import type { StagedFile } from '../staging.ts';
import { literal } from '../values/text.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import { isDecided, planOf } from './draft.ts';
import type { Check, CheckedList, Seen } from './draft.ts';
import type { Watch } from './looking.ts';
import type { Coming } from './coming.ts';
import { lossesAtMost, lossesTo } from './losses.ts';
import { outcomeOf } from './outcome.ts';

/** Files up to this size are read as a whole unasked; of larger ones the first records are. */
const WHOLE_BYTES = 32_000_000;
const MOST_TEXTS = 20;

/** How much of a file is read: all of it, all of it unless it is large, or its first records. */
export type Part = 'whole' | 'all' | 'first';

/** Reads a file as it is to be imported and tells what would be rejected; nothing of it stays. */
export async function checkFile(
  app: App,
  file: Pick<StagedFile, 'name' | 'path' | 'size'> & { choice: ReadingChoice },
  seen: Omit<Seen, 'check'>,
  { part, tell, signal }: Watch & { part: Part },
): Promise<Check> {
  if (!isDecided(seen)) return { kind: 'open' };
  const folder = join(stagingFolder(app.data), randomUUID());
  try {
    await writingInto(app.data, () => mkdir(folder, { recursive: true, mode: 0o700 }));
    const isWhole = part === 'whole' || (part === 'all' && file.size <= WHOLE_BYTES);
    const plan = planOf(file.choice, { ...seen, check: { kind: 'open' } });
    const source = isWhole
      ? { name: file.name, path: file.path, plan }
      : { name: file.name, path: await writtenSample(folder, seen), plan: { lists: plan.lists } };
    const known = await namesInWarehouse(app.warehouse);
    const task = { folder, files: [source], zone: app.settings.get('time_zone'), known };
    const lists = await app.reader.stage(task, tell, signal);
    const day = businessDay(task.zone, app.clock());
    const checked = await Promise.all(
      lists.map((staged) => checkedList(app, { staged, folder, day }, isWhole)),
    );
    return { kind: 'read', isWhole, lists: checked };
  } catch (error) {
    if (error instanceof Refusal && error.status < 500 && !signal.aborted)
      return { kind: 'refused', refusal: error };
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writtenSample(folder: string, { inspection: { head } }: Pick<Seen, 'inspection'>) {
  const path = join(folder, 'sample.csv');
  await writeFile(path, Papa.unparse([head.headers, ...head.sample], { newline: '\n' }));
  return path;
}

async function checkedList(app: App, coming: Coming, isWhole: boolean): Promise<CheckedList> {
  const { staged: list, folder } = coming;
  const { table, counted, rejected, leftOut, folded, first, plan, headers } = list;
  const outcome = await outcomeOf(app.warehouse, coming);
  const choices = fieldsOf(table).filter(
    ({ name, type }) => type === 'choice' && plan.columns[name] !== undefined,
  );
  const unknown = await Promise.all(
    choices.map(async ({ name }) => {
      const column = plan.columns[name] ?? 0;
      return { field: name, texts: await unknownTexts(app, folder, list, column, headers[column] ?? '') };
    }),
  );
  return {
    table,
    counted,
    leftOut,
    wrong: rejected - leftOut,
    folded,
    outcome,
    losses: {
      isAtMost: !isWhole,
      fields: await (isWhole ? lossesTo(app.warehouse, coming) : lossesAtMost(app.warehouse, list)),
    },
    first,
    unknown: unknown.filter(({ texts }) => texts.length > 0),
  };
}

/** The texts of a column for which nothing is known that they mean. */
async function unknownTexts(
  { warehouse }: App,
  folder: string,
  { rejects, quarantine }: StagedList,
  column: number,
  header: string,
): Promise<string[]> {
  if (rejects === null || quarantine === null) return [];
  const rows = await warehouse.query<{ text: string }>(
    `select distinct trim(json_extract_string(q.cells, $cell::varchar)) as text
     from read_parquet(${literal(join(folder, rejects))}) r
     join read_parquet(${literal(join(folder, quarantine))}) q on q.line = r.line
     where r.reason = 'choice' and r.column_name = $header::varchar and q.cells is not null
     order by text limit ${MOST_TEXTS}`,
    { cell: `$[${column}]`, header },
  );
  return rows.flatMap(({ text }) => (text === null || text === '' ? [] : [text]));
}
