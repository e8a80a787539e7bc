import { ReadAddress } from '../../address.ts';
import { orErrorPage } from '../../refuse.ts';
import { pageOnce } from '../../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askWhy } from './answers.server.ts';
import { questionIn } from './question.ts';
import { whyView } from './view.ts';

/** Why a figure changed: the address is the question; `why` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const address = new ReadAddress(url.search);
    const question = questionIn(address);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askWhy(asker, question, signal);
      return { house, why: answers && whyView(locale, house.currency, question, answers) };
    };
    const page = await pageOnce(asker, ['why', locale, house, question], make, request.signal);
    return { ...page, unread: address.unread() };
  });
