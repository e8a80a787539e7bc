import { draw, drawTrend } from '#lib/charts/draw.ts';
import { rateTrendOption } from '#lib/charts/rate-trend.ts';
import { mayRead } from '#lib/server/access/may.ts';
import { percent } from '#lib/ui/numbers.ts';
import { markNotes } from '#lib/ui/week-notes.ts';
import { ReadAddress } from '../address.ts';
import { orErrorPage } from '../refuse.ts';
import { pageOnce } from '../week/cache.server.ts';
import { trendWords } from '../week/trend-words.ts';
import type { PageServerLoad } from './$types';
import { askFunnel } from './answers.server.ts';
import { questionIn } from './question.ts';
import { funnelView } from './view.ts';

/** The Funnel page: the address is the question; `funnel` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const address = new ReadAddress(url.search);
    const question = questionIn(address);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const notes = app.notes.all(asker.viewer);
    const make = async (signal: AbortSignal) => {
      const answers = await askFunnel(asker, question, signal);
      if (answers === null) return { funnel: null };
      const inTrend = notes.filter(
        ({ week, lastDay }) => lastDay >= answers.trendFrom && week <= answers.days.to,
      );
      const view = funnelView(
        locale,
        house,
        question,
        answers,
        markNotes(inTrend),
        mayRead(asker.viewer, '/funnel/builder'),
      );
      const { people, visit, order } = view.trends;
      const write = (rate: number) => percent(locale, rate);
      return {
        funnel: {
          ...view,
          drawings: {
            people: drawTrend(people, trendWords(locale)),
            visit: draw((width) => rateTrendOption(visit, 3, '', write, width), 'half'),
            order: draw((width) => rateTrendOption(order, 4, '', write, width), 'half'),
          },
        },
      };
    };
    const page = await pageOnce(asker, ['funnel', locale, house, question, notes], make, request.signal);
    return { ...page, unread: address.unread() };
  });
