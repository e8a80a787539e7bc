import { orErrorPage } from '../../refuse.ts';
import { pageOnce } from '../../week/cache.server.ts';
import { clientPlaces } from '../places.server.ts';
import type { PageServerLoad } from './$types';
import { askStages } from './answers.server.ts';
import { questionIn } from './question.ts';
import { stagesView } from './view.server.ts';

/** The page of the life cycle: who stands where, who moves, and what moves them; `stages` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale, viewer }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askStages(asker, question, signal);
      return { stages: answers && stagesView(locale, house, question, answers) };
    };
    return {
      clientPlaces: clientPlaces(locale, viewer, '/clients/stages'),
      ...(await pageOnce(asker, ['stages', locale, house, question], make, request.signal)),
    };
  });
