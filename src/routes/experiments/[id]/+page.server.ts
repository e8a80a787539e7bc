import { choice, pageAddress } from '../../address.ts';
import { orErrorPage } from '../../refuse.ts';
import { pageOnce } from '../../week/cache.server.ts';
import { askOne, caps } from '../answers.server.ts';
import type { PageServerLoad } from './$types';
import { experimentView, windows } from './view.server.ts';

/** One experiment; `trial` is null while there are no data. Throws error 404 where there is none of this number. */
export const load: PageServerLoad = ({ params: { id }, url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const window = choice(url.searchParams, 'window', windows) ?? 'all';
    const cap = choice(url.searchParams, 'cap', caps) ?? null;
    const counting = { window_days: window === 'all' ? null : Number(window), cap };
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const path = `/experiments/${encodeURIComponent(id)}`;
    const addressOf = (other: { window?: string; cap?: string | null }) => {
      const shown = { window, cap, ...other };
      return pageAddress(path, [
        ['window', shown.window === 'all' ? null : shown.window],
        ['cap', shown.cap],
      ]);
    };
    const make = async (signal: AbortSignal) => {
      const answers = await askOne(asker, id, counting, signal);
      return { house, trial: answers && experimentView(locale, house, answers, { window, addressOf }) };
    };
    return pageOnce(asker, ['experiment', locale, house, id, counting], make, request.signal);
  });
