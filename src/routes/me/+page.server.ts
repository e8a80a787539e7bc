import { dataSpan, staffMembers } from '#lib/server/reports.gen.ts';
import { ownOf } from '../looking.server.ts';
import { orErrorPage } from '../refuse.ts';
import type { PageServerLoad } from './$types';
import { askMe } from './answers.server.ts';
import { questionIn } from './question.ts';
import { meView, peopleView } from './view.ts';

/**
 * The page Me: staff see themselves; whoever may see them sees the person whom the address names as that person would, or
 * chooses one. `me` and `people` are null without data.
 */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const options = { signal: request.signal };
    const own = await ownOf({ app, asker }, question.staff, request.signal);
    if (own === null) {
      const [span] = (await dataSpan(asker, {}, options)).rows;
      const { rows } = await staffMembers(asker, {}, options);
      return {
        me: null,
        isOther: false,
        people: span?.last_day ? peopleView(question, span.last_day, rows) : null,
      };
    }
    const answers = await askMe(own.asker, { span: question.span, staff: own.staffId }, request.signal);
    return {
      me: answers && meView(locale, app.settings.get('currency'), question, answers),
      isOther: own.isOther,
      people: null,
    };
  });
