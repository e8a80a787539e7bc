import { Refusal } from '#lib/errors/refusal.ts';
import { layoutOf } from '#lib/exports/layout.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import type { Seen as Head } from '#lib/exports/recognise-by-sample.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import type { App } from '../../app.ts';
import { sourceOf } from '../../mappings/mappings.ts';
import { inspectFile } from '../inspect-file.ts';
import { namesInWarehouse } from '../stage/known-names.ts';
import type { StagedFile } from '../staging.ts';
import type { DraftFile, Look, Seen } from './draft.ts';
import { checkFile } from './check.ts';
import { proposal } from './proposal.ts';
import { wished } from './wish.ts';
import type { Wish } from './wish.ts';

/** Looks at a file for the first time: how it is read, what it is taken for, and what would become of its records. */
export async function firstLook(app: App, file: StagedFile): Promise<Pick<DraftFile, 'choice' | 'look'>> {
  const remembered = app.mappings.find(sourceOf(file.name))?.mapping;
  const choice = remembered?.reading;
  if (remembered && choice) {
    const look = await lookBy(app, file, choice);
    if (look.kind === 'seen' && isOfThisList(remembered, file, look)) return { choice, look };
  }
  return { choice: {}, look: await lookBy(app, file, {}) };
}

/** Looks at a file again, as a person wants it to be read and taken for; as it was where nothing else is wanted. */
export async function nextLook(
  app: App,
  file: DraftFile,
  wish: Wish,
): Promise<Pick<DraftFile, 'choice' | 'look'>> {
  const { choice, look } = file;
  if (look.kind === 'refused' || !isSame(choice, wish.reading))
    return { choice: wish.reading, look: await lookBy(app, file, wish.reading) };
  const decision = wished(look, wish, await headOf(app, file, look));
  if (isSame(decision.lists, look.lists) && isSame(decision.asked, look.asked)) return { choice, look };
  const next = { ...look, ...decision };
  return { choice, look: { ...next, check: await checkFile(app, file, next) } };
}

/** Whether how a file is read was not decided for another list under the same name. */
function isOfThisList(mapping: Mapping, { name }: StagedFile, { inspection: { head } }: Seen): boolean {
  return layoutOf(mapping, { file: name, headers: head.headers }).kind !== 'other';
}

async function lookBy(app: App, file: StagedFile, choice: ReadingChoice): Promise<Look> {
  try {
    const inspection = await inspectFile(app, { ...file, choice });
    const remembered = app.mappings.find(sourceOf(file.name))?.mapping;
    const seen = { kind: 'seen' as const, inspection };
    const decision = proposal(await headOf(app, file, seen), remembered);
    const check = await checkFile(app, { ...file, choice }, { ...seen, ...decision });
    return { ...seen, ...decision, check };
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'internal') return { kind: 'refused', refusal: error };
    throw error;
  }
}

async function headOf(
  app: App,
  { name }: Pick<StagedFile, 'name'>,
  { inspection: { head } }: Pick<Seen, 'inspection'>,
): Promise<Head> {
  const { staff, stores } = await namesInWarehouse(app.warehouse);
  return { file: name, ...head, known: { staff: new Set(staff), stores: new Set(stores) } };
}

/** Whether two decisions say the same, in whatever order their parts stand. */
function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
