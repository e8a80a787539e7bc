import { Refusal } from '#lib/errors/refusal.ts';
import { decide, recognise } from '#lib/exports/recognise.ts';
import type { Recognised } from '#lib/exports/recognise.ts';
import { recognisedByPlan } from '#lib/exports/recognised-by-plan.ts';
import { sellerOrStore } from '#lib/exports/seller-or-store.ts';
import type { Transaction } from '../../warehouse/warehouse.ts';
import type { Source } from '../source.ts';
import type { Head } from '#lib/exports/head.ts';
import { readPlain } from '../reading/read-plain.ts';
import { namesIn } from './known-names.ts';
import { stageList, UnevenLineEnds } from './stage-list.ts';
import type { Known, StagedList, StageProgress, StageTask } from './task.ts';

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
  const { name, plan } = source;
  const stagedFrom = async (uneven: boolean) => {
    const { path, head, reading, hash } = await readPlain(source, plan?.reading, folder, {
      signal,
      uneven,
      engine,
    });
    const lists: StagedList[] = [];
    for (const [at, recognised] of recognisedFrom(task, source, head).entries()) {
      const id = `${file}-${at}`;
      const list = { id, file, name, path, head, recognised, zone, folder };
      const plan = source.plan?.lists[at];
      const staged = await stageList(engine, list, tell, signal);
      lists.push({
        ...staged,
        hash: hash ?? staged.hash,
        reading: JSON.stringify(reading),
        headers: JSON.stringify(head.headers),
        plan: plan === undefined ? null : JSON.stringify(plan),
        decidedBy: plan || task.table || task.map ? 'person' : 'headers',
      });
    }
    return lists;
  };
  try {
    return await stagedFrom(false);
  } catch (error) {
    if (!(error instanceof UnevenLineEnds)) throw error;
    return stagedFrom(true);
  }
}

function recognisedFrom({ table, map, known }: StageTask, { name, plan }: Source, head: Head): Recognised[] {
  const { headers } = head;
  if (plan) return recognisedByPlan(name, headers, plan);
  const recognised = recognise({ file: name, headers, table, map });
  return [
    recognised.undecided.reduce((so, column) => decidedByValues(so, column, name, head, known), recognised),
  ];
}

function decidedByValues(
  recognised: Recognised,
  column: number,
  file: string,
  { headers, sample }: Head,
  known: Known,
): Recognised {
  const values = sample.map((row) => row[column] ?? '');
  const field = sellerOrStore(values, { staff: new Set(known.staff), stores: new Set(known.stores) });
  if (field === null) {
    const some = [...new Set(values)].filter((value) => value !== '').slice(0, 5);
    throw new Refusal('ambiguous_column', { file, header: headers[column] ?? '', values: some.join(', ') });
  }
  return decide(recognised, column, field, file, headers);
}
