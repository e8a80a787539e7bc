import { changeEffect, dataSpan } from '#lib/server/reports.gen.ts';
import { word } from '#lib/words/word.ts';
import { orErrorPage } from '../refuse.ts';
import { storesOf } from '../stores.server.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { measures, questionIn } from './question.ts';
import { changeView } from './view.server.ts';

/** What a change in one store did that nobody drew lots for; `asking` is null while there are no data, `change` until a store and a day are chosen. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const { store, on, measure } = question;
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const as_of = (await dataSpan(asker, {}, { signal })).rows[0]?.last_day ?? null;
      if (as_of === null) return { house, asking: null, change: null };
      const asking = {
        ...question,
        last: as_of,
        stores: await storesOf(app),
        measures: measures.map((key) => ({ key, words: word(locale, `shift.measure.${key}`) })),
      };
      if (store === null || on === null) return { house, asking, change: null };
      const asked = { changed_store: store, changed_on: on, measure, as_of };
      const { rows } = await changeEffect(asker, asked, { signal });
      return { house, asking, change: changeView(locale, house, asked, rows) };
    };
    return pageOnce(asker, ['changes', locale, house, question], make, request.signal);
  });
