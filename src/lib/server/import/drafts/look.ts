import { Refusal } from '#lib/errors/refusal.ts';
import { layoutOf } from '#lib/exports/layout.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import type { Seen as Head } from '#lib/exports/recognise-by-sample.ts';
import type { ReadingChoice } from '#lib/exports/reading.ts';
import type { App } from '../../app.ts';
import { kindOfFile } from '../../mappings/mappings.ts';
import { inspectFile } from '../inspect-file.ts';
import { namesInWarehouse } from '../stage/known-names.ts';
import type { StagedFile } from '../staging.ts';
import type { DraftFile, Look, Seen } from './draft.ts';
import { checkFile } from './check.ts';
import type { Part } from './check.ts';
import type { Step, Watch } from './looking.ts';
import { proposal } from './proposal.ts';
import { isSame } from '#lib/exports/same.ts';

/** Told what stands in a file; makes it one of the lists in it, where there are several, and says whether it has. */
export type Divide = (file: DraftFile, seen: Seen) => boolean;

/**
 * Looks at a file for the first time: as the last one of its kind was read, if it is one of these. Of a file that holds
 * several lists it goes on with the one that it has become.
 */
export const firstLook =
  (app: App, divide: Divide): Step =>
  async (file, watch) => {
    const { choice, look } = await lookAsKept(app, file, watch);
    if (watch.signal.aborted) return;
    if (look.kind === 'seen' && divide(file, look)) await firstLook(app, divide)(file, watch);
    else await found(app, file, choice, look, watch);
  };

/** Looks at a file anew, as somebody wants it to be read. */
export const lookAnew =
  (app: App, choice: ReadingChoice): Step =>
  async (file, watch) =>
    found(app, file, choice, await lookBy(app, file, choice, watch), watch);

async function lookAsKept(app: App, file: DraftFile, watch: Watch) {
  const kept = keptFor(app, file);
  const part = file.part?.choice ?? {};
  const { member: _member, sheet: _sheet, ...how } = kept?.reading ?? {};
  if (kept && Object.keys(how).length > 0) {
    const choice = { ...how, ...part };
    const look = await lookBy(app, file, choice, watch);
    if (look.kind === 'seen' && isOfThisList(kept, file, look)) return { choice, look };
  }
  return { choice: part, look: await lookBy(app, file, part, watch) };
}

/** What was decided for files of its kind; for a list inside a file also, where that was of the same list, for the whole. */
function keptFor({ mappings }: App, { name, part }: Pick<DraftFile, 'name' | 'part'>): Mapping | undefined {
  const own = mappings.find(kindOfFile(name))?.mapping;
  if (own !== undefined || part === null) return own;
  const whole = mappings.find(kindOfFile(part.of))?.mapping;
  const { member, sheet } = whole?.reading ?? {};
  const chosen = { ...(member === undefined ? {} : { member }), ...(sheet === undefined ? {} : { sheet }) };
  return isSame(chosen, part.choice) ? whole : undefined;
}

/** Reads a file that was looked at by what it is taken for, all of it or its first records. */
export const check =
  (app: App, part: Part): Step =>
  async (file, watch) => {
    const { look, choice } = file;
    if (look.kind !== 'seen') return;
    const checked = await checkFile(app, { ...file, choice }, look, { ...watch, part });
    if (!watch.signal.aborted && file.look === look) file.look = { ...look, check: checked };
  };

async function found(app: App, file: DraftFile, choice: ReadingChoice, look: Look, watch: Watch) {
  if (watch.signal.aborted) return;
  file.choice = choice;
  file.look = look;
  await check(app, 'all')(file, watch);
}

/** Whether how a file is read was not decided for another list under the same name. */
function isOfThisList(mapping: Mapping, { name }: StagedFile, { inspection: { head } }: Seen): boolean {
  return layoutOf(mapping, { file: name, headers: head.headers }).kind !== 'other';
}

async function lookBy(app: App, file: DraftFile, choice: ReadingChoice, watch: Watch): Promise<Look> {
  try {
    const inspection = await inspectFile(app, { ...file, choice }, watch);
    const seen = { kind: 'seen' as const, inspection };
    const decision = proposal(await headOf(app, file, seen), keptFor(app, file));
    return { ...seen, ...decision, check: { kind: 'open' } };
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'internal' && !watch.signal.aborted)
      return { kind: 'refused', refusal: error };
    throw error;
  }
}

/** What a file is recognised by. */
export async function headOf(
  app: App,
  { name }: Pick<StagedFile, 'name'>,
  { inspection: { head } }: Pick<Seen, 'inspection'>,
): Promise<Head> {
  const { staff, stores } = await namesInWarehouse(app.warehouse);
  return { file: name, ...head, known: { staff: new Set(staff), stores: new Set(stores) } };
}
