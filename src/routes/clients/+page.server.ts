import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askClients } from './answers.server.ts';
import { clientPlaces } from './places.server.ts';
import { questionIn } from './question.ts';
import { clientsView } from './view.ts';

/** The page Clients: the address is the question; `clients` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale, viewer }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askClients(asker, question, signal);
      return { clients: answers && clientsView(locale, house, question, answers) };
    };
    return {
      clientPlaces: clientPlaces(locale, viewer, '/clients'),
      ...(await pageOnce(asker, ['clients', locale, house, question], make, request.signal)),
    };
  });
