import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askTeam } from './answers.server.ts';
import { questionIn } from './question.ts';
import { teamView } from './view.ts';

/** The page Team: the address is the question; `team` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askTeam(asker, question, signal);
      return { team: answers && teamView(locale, house, question, answers) };
    };
    return pageOnce(asker, ['team', locale, house, question], make, request.signal);
  });
