import { ReadAddress } from '../../address.ts';
import { orErrorPage } from '../../refuse.ts';
import { pageOnce } from '../../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askBacktest } from './answers.server.ts';
import { questionIn } from './question.ts';
import { backtestView } from './view.ts';

/** The page of past forecasts: the address is the question; `backtest` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const address = new ReadAddress(url.search);
    const question = questionIn(address);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askBacktest(asker, question, signal);
      return { house, backtest: answers && backtestView(locale, question, answers) };
    };
    const page = await pageOnce(asker, ['backtest', locale, house, question], make, request.signal);
    return { ...page, unread: address.unread() };
  });
