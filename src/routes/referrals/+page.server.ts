import { referralOf } from '#lib/server/settings/referral.ts';
import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { askReferrals } from './answers.server.ts';
import { questionIn } from './question.ts';
import { referralsView } from './view.server.ts';

/** The Referrals page: what cards bring, whom they reward, and the tree to walk; `referrals` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const rate = app.settings.get('margin_rate');
    const playbook = app.settings.get('playbook');
    const programme = {
      referral: referralOf(playbook),
      marginRate: rate === 'none' ? null : Number(rate),
    };
    const make = async (signal: AbortSignal) => {
      const answers = await askReferrals(asker, programme, question, signal);
      return { house, referrals: answers && referralsView(locale, house, programme, question, answers) };
    };
    const asked = ['referrals', locale, house, rate, playbook, question];
    return pageOnce(asker, asked, make, request.signal);
  });
