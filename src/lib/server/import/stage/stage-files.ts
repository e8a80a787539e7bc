import { stat } from 'node:fs/promises';
import { layoutOf } from '#lib/exports/layout.ts';
import { listsOf } from '#lib/exports/lists-of.ts';
import type { Transaction } from '../../warehouse/warehouse.ts';
import type { Source } from '../source.ts';
import { readPlain } from '../reading/read-plain.ts';
import { namesIn } from './known-names.ts';
import { stageList, UnevenLineEnds } from './stage-list.ts';
import type { StagedList, StageProgress, StageTask } from './task.ts';

/**
 * Reads the files of a task one after the other with a DuckDB that holds nothing, and leaves what was read in the task's
 * folder. A later file is recognised by the names of sellers and stores in an earlier one too. Throws as a Reader does.
 */
export async function stageFiles(
  engine: Transaction,
  task: StageTask,
  tell: (progress: StageProgress) => void,
  signal?: AbortSignal,
): Promise<StagedList[]> {
  const lists: StagedList[] = [];
  let known = task.known;
  for (const [file, source] of task.files.entries()) {
    const own = await stageFile(engine, { ...task, known }, { source, file }, tell, signal);
    for (const list of own) known = await namesIn(engine, task.folder, list, known);
    lists.push(...own);
  }
  return lists;
}

type Which = { source: Source; file: number };

async function stageFile(
  engine: Transaction,
  task: StageTask,
  { source, file }: Which,
  tell: (progress: StageProgress) => void,
  signal?: AbortSignal,
): Promise<StagedList[]> {
  const { folder, zone } = task;
  const { name, plan, mapping, remembered } = source;
  const choice = (plan ?? mapping ?? remembered)?.reading;
  const known = { staff: new Set(task.known.staff), stores: new Set(task.known.stores) };
  const of = await sizeOf(source.path);
  const onBytes = (bytes: number) => tell({ kind: 'opening', file, records: 0, bytes, of });
  const stagedFrom = async (uneven: boolean) => {
    const watch = { signal, uneven, engine, onBytes };
    const asChosen = await readPlain(source, choice, folder, watch);
    const isChoice = isOfThisList(source, asChosen.head.headers);
    const { path, head, reading, hash } = isChoice
      ? asChosen
      : await readPlain(source, undefined, folder, watch);
    const { headers, sample } = head;
    const { by, isNews, lists } = listsOf({ file: name, headers, sample, known }, source);
    const all: StagedList[] = [];
    for (const [at, recognised] of lists.entries()) {
      const decimal = reading.format === 'delimited' ? undefined : ('.' as const);
      const list = { id: `${file}-${at}`, file, name, path, head, recognised, lists, decimal, zone, folder };
      const staged = await stageList(engine, list, tell, signal);
      all.push({
        ...staged,
        hash: hash ?? staged.hash,
        reading: JSON.stringify(reading),
        decidedBy: by,
        isNews,
      });
    }
    return all;
  };
  try {
    return await stagedFrom(false);
  } catch (error) {
    if (!(error instanceof UnevenLineEnds)) throw error;
    return stagedFrom(true);
  }
}

/** Whether how a file is read was not decided for another list under the same name. */
function isOfThisList({ name, plan, mapping, remembered }: Source, headers: readonly string[]): boolean {
  if (plan || mapping || remembered?.reading === undefined) return true;
  return layoutOf(remembered, { file: name, headers }).kind !== 'other';
}

/** Zero for a file that cannot be reached: whoever reads it says so. */
async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
