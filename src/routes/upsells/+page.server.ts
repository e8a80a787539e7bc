import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askUpsells } from './answers.server.ts';
import { questionIn } from './question.ts';
import { upsellsView } from './view.ts';

/** The Upsells page: the address is the question; `upsells` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askUpsells(asker, question, signal);
      return { upsells: answers && upsellsView(locale, house, question, answers) };
    };
    return pageOnce(asker, ['upsells', locale, house, question], make, request.signal);
  });
