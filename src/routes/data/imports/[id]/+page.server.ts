import { redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { notImported } from '#lib/exports/part-label.ts';
import type { TableName } from '#lib/exports/tables.ts';
import { visible } from '#lib/exports/visible.ts';
import { isOver } from '#lib/server/import/jobs.ts';
import type { Imported } from '#lib/server/import/import-files.ts';
import type { Job } from '#lib/server/import/jobs.ts';
import { lossName } from '#lib/server/import/loss-names.ts';
import { outlookOf } from '#lib/server/import/outlook.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { batches, dataSpan } from '#lib/server/reports.gen.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { longDay } from '#lib/ui/dates.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { bytes } from '../../bytes.ts';
import { batchView } from '../../history.server.ts';
import type { BatchView } from '../../history.server.ts';
import { orErrorPage } from '../../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

/** One import: how far it is, or what became of its files. */
export const load: PageServerLoad = ({ params: { id }, locals: { own, isSample, locale } }) =>
  orErrorPage(locale, async () => {
    const { app, drafts, imports } = studioOf(own);
    /** As it stands at this moment: it may end while the rest of the answer is put together. */
    const job = { ...imports.find(id) };
    const { state } = job;
    const { rows } = await dataSpan(app, {});
    const brought = state.kind === 'done' ? await broughtBy(app, locale, state.imported) : [];
    if (isSample && brought.length > 0) redirect(303, `/data/imports/${id}`); // asked before the first data had come
    return {
      kind: state.kind === 'opening' ? ('reading' as const) : state.kind,
      over: isOver(job),
      files: job.files.map(({ name, size }) => ({ name: visible(name), size: bytes(locale, size) })),
      going: goingOf(locale, job, app.clock()),
      brought,
      outcome: outcomeOf(brought),
      aside: asideOf(locale, job),
      back: drafts.all().some(({ id: one }) => one === job.draft) ? `/data/drafts/${job.draft}` : null,
      refused: state.kind === 'refused' ? explain(state.refusal, locale, 'page') : null,
      day: rows[0]?.last_day ? longDay(locale, rows[0].last_day) : null,
    };
  });

export const actions: Actions = {
  /** Asks the import to stop. Nothing of it stays. */
  stop: async ({ params: { id }, locals: { own, locale } }) => {
    await orErrorPage(locale, async () => studioOf(own).imports.stop(id));
    redirect(303, `/data/imports/${id}`);
  },
};

/** What was not imported, a sentence for each file that holds some of it. */
function asideOf(locale: Locale, { aside }: Job): string[] {
  const files = [...new Set(aside.map(({ of }) => of))];
  return files.map((file) =>
    notImported(
      locale,
      visible(file),
      aside.filter(({ of }) => of === file),
    ),
  );
}

function studioOf(own: Own | null): Own {
  if (own === null) throw new Refusal('sample_only', {});
  return own;
}

/** Whether every record came in that was meant to, some did, or none. */
function outcomeOf(
  brought: readonly Pick<BroughtView, 'allRejected' | 'hasWrong'>[],
): 'all' | 'some' | 'none' {
  if (brought.every(({ hasWrong }) => !hasWrong)) return 'all';
  return brought.every(({ allRejected }) => allRejected) ? 'none' : 'some';
}

/** Which file is being read or stored and how far all of it is; null in any state without a file. */
function goingOf(locale: Locale, job: Job, now: Date) {
  const { files, state } = job;
  const outlook = outlookOf(job, now);
  if (outlook === null) return null;
  const file = 'file' in state ? state.file : files.length - 1;
  const { share, records, seconds } = outlook;
  return {
    file: visible(files[file]?.name ?? ''),
    number: file + 1,
    files: files.length,
    share,
    records: records === 0 ? null : records.toLocaleString(locale),
    left: seconds === null ? null : timeLeft(seconds),
  };
}

/** Whole minutes from a minute and a half on: more would be known too well. */
function timeLeft(seconds: number): { unit: 'seconds' | 'minutes'; count: number } {
  return seconds < 90
    ? { unit: 'seconds', count: seconds }
    : { unit: 'minutes', count: Math.round(seconds / 60) };
}

/** `wrong`: records that wait to be mended; `leftOut`: those that only a condition kept out, null where there are none. */
type BroughtView = BatchView & {
  allRejected: boolean;
  wrong: string;
  hasWrong: boolean;
  leftOut: string | null;
  /** What standing records lost to it, null where that is nothing. */
  lost: string | null;
};

function lostIn(
  locale: Locale,
  table: TableName | undefined,
  emptied: Imported['emptied'][number],
): string | null {
  if (table === undefined || emptied.length === 0) return null;
  return emptied
    .map(({ field, records }) =>
      word(locale, 'losses.field', {
        field: lossName(locale, table, field),
        count: count(locale, records),
      }),
    )
    .join(locale === 'en' ? ', ' : '、');
}

async function broughtBy(
  app: Own['app'],
  locale: Locale,
  { summaries, leftOut, emptied }: Imported,
): Promise<BroughtView[]> {
  const zone = app.settings.get('time_zone');
  const answers = await Promise.all(summaries.map(({ batch }) => batches(asOwner(app), { batch })));
  return answers.flatMap(({ rows }, at) =>
    rows.map((row) => {
      const left = leftOut[at] ?? 0;
      return {
        ...batchView(locale, zone, row),
        allRejected: row.rejected === row.read,
        wrong: count(locale, row.open_records),
        hasWrong: row.open_records > 0,
        leftOut: left === 0 ? null : count(locale, left),
        lost: lostIn(locale, summaries[at]?.table, emptied[at] ?? []),
      };
    }),
  );
}
