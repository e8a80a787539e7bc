import { fail, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { stage, uploadLimit } from '#lib/server/import/staging.ts';
import { batches } from '#lib/server/reports.gen.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { longDay } from '#lib/ui/dates.ts';
import { orErrorPage } from '../refuse.ts';
import type { Actions, PageServerLoad } from './$types';
import { bringView } from './bring.server.ts';
import { askFreshness, freshView } from './freshness.server.ts';
import { batchView } from './history.server.ts';
import { pageIn, paging } from './paging.ts';

const BATCHES = 20;

/** The page Data: the form for files, how fresh the lists are, and what came in. */
export const load: PageServerLoad = ({ url, locals: { app, own, isSample, locale } }) =>
  orErrorPage(locale, async () => {
    const zone = app.settings.get('time_zone');
    const page = pageIn(url.searchParams);
    const [fresh, { rows }, latest, bring] = await Promise.all([
      askFreshness(app),
      batches(app, { page, page_size: BATCHES }),
      batches(app, { page_size: 1 }),
      isSample ? null : bringView(own, locale),
    ]);
    const last = latest.rows[0];
    return {
      bring,
      day: fresh?.as_of ? longDay(locale, fresh.as_of) : null,
      last: last ? batchView(locale, zone, last).when : null,
      fresh: await freshView(app, locale, fresh),
      history: rows.map((row) => batchView(locale, zone, row)),
      paging: paging(locale, page, BATCHES, last?.all_batches ?? 0),
    };
  });

export const actions: Actions = {
  /**
   * Takes files in while they arrive and imports them. With `live` the answer comes as soon as they are here, so that a
   * script can watch; without, when the import has ended.
   */
  import: async ({ request, locals: { own, locale } }) => {
    let id: string;
    try {
      id = await importSent(request, own);
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.code === 'internal') throw failure;
      const { code, message, remedy } = explain(failure, locale);
      return fail(failure.status, { code, message, remedy });
    }
    redirect(303, `/data/imports/${id}`);
  },
};

async function importSent(request: Request, own: Own | null): Promise<string> {
  if (own === null) throw new Refusal('sample_only', {});
  const { app, imports } = own;
  const body = request.body as (ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) | null;
  if (body === null) throw new Refusal('upload_broken', {});
  const incoming = { body, contentType: request.headers.get('content-type') };
  const staged = await stage(app.data, incoming, { limit: uploadLimit(app.settings) });
  const { id } = await imports.start(staged);
  if (!staged.fields.has('live')) await imports.ended(id);
  return id;
}
