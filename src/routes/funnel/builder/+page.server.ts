import { redirect } from '@sveltejs/kit';
import { orErrorPage } from '../../refuse.ts';
import { pageOnce } from '../../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askBuilder } from './answers.server.ts';
import { addressOfForm, SENT } from './form.ts';
import { questionIn } from './question.ts';
import { builderView } from './view.ts';

/**
 * The funnel builder: the address is the question, in the words of the report funnel_steps; `builder` is null while there
 * are no data. What the form sends is led to such an address.
 */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    if (url.searchParams.has(SENT)) redirect(303, addressOfForm(url.searchParams));
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askBuilder(asker, locale, question, signal);
      return { builder: answers && builderView(locale, house, question, answers) };
    };
    return pageOnce(asker, ['builder', locale, house, question], make, request.signal);
  });
