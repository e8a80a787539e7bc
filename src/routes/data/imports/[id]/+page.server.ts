import { redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { visible } from '#lib/exports/visible.ts';
import { isOver } from '#lib/server/import/jobs.ts';
import type { Job, Jobs, JobState } from '#lib/server/import/jobs.ts';
import { batches, dataSpan } from '#lib/server/reports.gen.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { longDay } from '#lib/ui/dates.ts';
import type { Locale } from '#lib/words/locale.ts';
import { bytes } from '../../bytes.ts';
import { batchView } from '../../history.server.ts';
import type { BatchView } from '../../history.server.ts';
import { orErrorPage } from '../../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

/** One import: how far it is, or what became of its files. */
export const load: PageServerLoad = ({ params: { id }, locals: { own, locale } }) =>
  orErrorPage(locale, async () => {
    const { app, imports } = studioOf(own);
    const job = imports.find(id);
    const state = job.state;
    const { rows } = await dataSpan(app, {});
    return {
      kind: state.kind,
      over: isOver(job),
      files: job.files.map(({ name, size }) => ({ name: visible(name), size: bytes(locale, size) })),
      reading: readingOf(locale, job, state),
      brought: state.kind === 'done' ? await broughtBy(app, locale, state.imported.summaries) : [],
      refused: state.kind === 'refused' ? explain(state.refusal, locale) : null,
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

function studioOf(own: Own | null): { app: Own['app']; imports: Jobs } {
  if (own === null) throw new Refusal('sample_only', {});
  return own;
}

/** How far the reading is, over all files; null in any state without one. */
function readingOf(locale: Locale, { files }: Job, state: JobState) {
  if (state.kind !== 'reading' && state.kind !== 'storing') return null;
  const sizeUpTo = (file: number) => files.slice(0, file).reduce((sum, { size }) => sum + size, 0);
  const total = sizeUpTo(files.length);
  const done = state.kind === 'reading' ? sizeUpTo(state.file) + state.bytes : sizeUpTo(state.file + 1);
  return {
    file: visible(files[state.file]?.name ?? ''),
    number: state.file + 1,
    files: files.length,
    share: total === 0 ? 0 : done / total,
    done: bytes(locale, done),
    total: bytes(locale, total),
  };
}

async function broughtBy(
  app: Own['app'],
  locale: Locale,
  summaries: readonly { batch: number | null }[],
): Promise<(BatchView & { allRejected: boolean })[]> {
  const zone = app.settings.get('time_zone');
  const answers = await Promise.all(summaries.map(({ batch }) => batches(app, { batch })));
  return answers
    .flatMap(({ rows }) => rows)
    .map((row) => ({ ...batchView(locale, zone, row), allRejected: row.rejected === row.read }));
}
