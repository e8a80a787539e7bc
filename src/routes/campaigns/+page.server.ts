import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askList } from './answers.server.ts';
import { listView } from './list-view.server.ts';
import { daysIn } from './question.ts';

/** The list of campaigns; `list` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const given = daysIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const rate = app.settings.get('margin_rate');
    const make = async (signal: AbortSignal) => {
      const answers = await askList(asker, given, rate, signal);
      return { house, list: answers && listView(locale, house, given, answers.asked, answers.rows) };
    };
    return pageOnce(asker, ['campaigns', locale, house, rate, given], make, request.signal);
  });
