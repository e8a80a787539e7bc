import { drawTrend } from '#lib/charts/draw.ts';
import type { PageServerLoad } from './$types';
import { orErrorPage } from './refuse.ts';
import { askWeek } from './week/answers.server.ts';
import { pageOnce } from './week/cache.server.ts';
import { askPinned, pinnedOf } from './week/pinned.server.ts';
import { questionIn } from './week/question.ts';
import { trendWords } from './week/trend-words.ts';
import { weekView } from './week/view.ts';

/** The Week page: the address is the question; `week` is null while there are no data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const notes = app.notes.all(asker.viewer);
    const views = pinnedOf(app, asker.viewer);
    const make = async (signal: AbortSignal) => {
      const answers = await askWeek(asker, question, signal);
      if (answers === null) return { week: null };
      const week = weekView(locale, house, question, answers, notes);
      const { firstWeek: firstDay, lastDay, lastWeek } = answers;
      const pinned = await askPinned(asker, locale, { firstDay, lastDay, lastWeek }, views, signal);
      return { week: { ...week, pinned, drawings: drawTrend(week.trend.points, trendWords(locale)) } };
    };
    return pageOnce(asker, [locale, house, question, notes, views], make, request.signal);
  });
