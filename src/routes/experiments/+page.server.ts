import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askAll } from './answers.server.ts';
import { listView } from './list-view.server.ts';

/** The list of experiments with the verdict on each; `list` is null while there are no data. */
export const load: PageServerLoad = ({ locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askAll(asker, signal);
      return { house, list: answers && listView(locale, house, answers) };
    };
    return pageOnce(asker, ['experiments', locale, house], make, request.signal);
  });
