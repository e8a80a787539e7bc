import { orErrorPage } from '../../refuse.ts';
import { pageOnce } from '../../week/cache.server.ts';
import { askOne } from '../answers.server.ts';
import { questionIn } from '../question.ts';
import type { PageServerLoad } from './$types';
import { campaignView } from './view.server.ts';

/** One campaign; `campaign` is null while there are no data. Throws error 404 where there is none of this number that may be shown. */
export const load: PageServerLoad = ({ params: { id }, url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const rate = app.settings.get('margin_rate');
    const persons = asker.viewer.kind !== 'person' || asker.viewer.role !== 'marketer';
    const make = async (signal: AbortSignal) => {
      const answers = await askOne(asker, id, question, rate, signal);
      return { house, campaign: answers && campaignView(locale, house, question, answers, persons) };
    };
    return pageOnce(asker, ['campaign', locale, house, rate, id, question], make, request.signal);
  });
