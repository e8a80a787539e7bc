import { mayAsk } from '#lib/server/reports/audience.ts';
import { attribution, attributionPaths, attributionPathsSpec, dataSpan } from '#lib/server/reports.gen.ts';
import { addDays } from '#lib/ui/dates.ts';
import { word } from '#lib/words/word.ts';
import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import type { PageServerLoad } from './$types';
import { addressOf, fields, kinds, questionIn, shows } from './question.ts';
import { creditView, pathsView } from './view.server.ts';

const YEAR = 365;

/** What channels may be credited with; `asking` is null while there are no data, `paths` for whoever may not see single persons. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const [span] = (await dataSpan(asker, {}, { signal })).rows;
      const last = span?.last_day ?? null;
      if (last === null) return { house, asking: null, credits: null, paths: null };
      const to = question.to ?? last;
      const from = question.from ?? addDays(to, 1 - YEAR);
      const { by, touches, window: window_days } = question;
      const asked = { from, to, as_of: last, by, touches, window_days };
      const weighed = { ...asked, half_life_days: question.halfLife };
      const seesPaths = mayAsk(attributionPathsSpec, asker.viewer);
      const [credits, paths] = await Promise.all([
        attribution(asker, weighed, { signal }),
        seesPaths ? attributionPaths(asker, asked, { signal }) : null,
      ]);
      const asking = {
        ...question,
        from,
        to,
        first: span?.first_day ?? from,
        last,
        fields: fields.map((key) => ({ key, words: word(locale, `segment.${key}`) })),
        kinds: kinds.map((key) => ({ key, words: word(locale, `attribution.touches.${key}`) })),
        shows: shows.map((show) => ({
          words: word(locale, `attribution.show.${show}`),
          href: addressOf({ ...question, show }),
          here: show === question.show,
        })),
      };
      return {
        house,
        asking,
        credits: creditView(locale, house, question.show, weighed, credits.rows),
        paths: paths && pathsView(locale, house, asked, credits.rows, paths.rows),
      };
    };
    return pageOnce(asker, ['attribution', locale, house, question], make, request.signal);
  });
