import { fail, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { batches, duplicates } from '#lib/server/reports.gen.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { longDay } from '#lib/ui/dates.ts';
import type { Locale } from '#lib/words/locale.ts';
import { orErrorPage } from '../refuse.ts';
import type { Actions, PageServerLoad } from './$types';
import { bringView } from './bring.server.ts';
import { askColumns, columnsView } from './columns.server.ts';
import { askFreshness, freshView } from './freshness.server.ts';
import { batchView } from './history.server.ts';
import { pageIn, paging } from './paging.ts';
import { received } from './receive.server.ts';
import { twiceView } from './twice.server.ts';

const BATCHES = 20;

/** The page Data: the form for files, how fresh and how complete the lists are, what stands there twice, and what came in. */
export const load: PageServerLoad = ({ url, locals: { app, asker, own, isSample, locale } }) =>
  orErrorPage(locale, async () => {
    const zone = app.settings.get('time_zone');
    const page = pageIn(url.searchParams);
    const [fresh, columns, twice, { rows }, latest, bring] = await Promise.all([
      askFreshness(asker),
      askColumns(asker),
      duplicates(asker, {}),
      batches(asker, { page, page_size: BATCHES }),
      batches(asker, { page_size: 1 }),
      isSample ? null : bringView(own, locale),
    ]);
    const last = latest.rows[0];
    return {
      bring,
      day: fresh?.as_of ? longDay(locale, fresh.as_of) : null,
      last: last ? batchView(locale, zone, last).when : null,
      fresh: await freshView(asker, locale, fresh),
      columns: columnsView(locale, columns),
      twice: twiceView(locale, app.settings.get('currency'), twice.rows),
      history: rows.map((row) => batchView(locale, zone, row)),
      paging: paging(locale, page, BATCHES, last?.all_batches ?? 0),
    };
  });

export const actions: Actions = {
  /** Takes files in while they arrive, or a pasted text, and leads to the page where they are looked at before their import. */
  draft: async ({ request, locals: { own, locale } }) => {
    let id: string;
    try {
      id = await draftOf(request, own, locale);
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.code === 'internal') throw failure;
      const { code, message, remedy } = explain(failure, locale, 'page');
      return fail(failure.status, { code, message, remedy });
    }
    redirect(303, `/data/drafts/${id}`);
  },
};

async function draftOf(request: Request, own: Own | null, locale: Locale): Promise<string> {
  if (own === null) throw new Refusal('sample_only', {});
  return (await own.drafts.add(await received(own, request, locale))).id;
}
