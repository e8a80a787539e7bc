import type { Viewer } from '#lib/access/viewer.ts';
import { orErrorPage } from '../refuse.ts';
import type { PageServerLoad } from './$types';
import { askMe } from './answers.server.ts';
import { questionIn } from './question.ts';
import { meView } from './view.ts';

/** The page Me: staff see themselves; whoever may see them sees the person that the address names. `me` is null without data. */
export const load: PageServerLoad = ({ url, locals: { app, asker, viewer, locale }, request }) =>
  orErrorPage(locale, async () => {
    const question = questionIn(url.searchParams);
    const answers = await askMe(asker, { ...question, ...ownOf(viewer) }, request.signal);
    return { me: answers && meView(locale, app.settings.get('currency'), question, answers) };
  });

/** Whose page somebody of the staff sees: their own. */
function ownOf(viewer: Viewer): { staff?: string } {
  return viewer.kind === 'person' && viewer.role === 'staff' ? { staff: viewer.staffId } : {};
}
