import { fail, redirect } from '@sveltejs/kit';
import type { PersonViewer } from '#lib/access/viewer.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { LONGEST_NAME } from '#lib/server/views/views.ts';
import type { Views } from '#lib/server/views/views.ts';
import { ReadAddress } from '../../address.ts';
import { textIn } from '../../form-text.ts';
import { ownPath } from '../../own-path.ts';
import { orErrorPage } from '../../refuse.ts';
import { pageOnce } from '../../week/cache.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { askBuilder } from './answers.server.ts';
import { addressOfForm, SENT } from './form.ts';
import { addressOf, BUILDER, questionIn } from './question.ts';
import { savedFor, savedOf } from './saved.server.ts';
import { builderView } from './view.ts';

/**
 * The funnel builder: the address is the question, in the words of the report funnel_steps; `builder` is null while there
 * are no data. What the form sends is led to such an address.
 */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale, viewer }, request }) =>
  orErrorPage(locale, async () => {
    if (url.searchParams.has(SENT)) redirect(303, addressOfForm(url.searchParams));
    const address = new ReadAddress(url.search);
    const question = questionIn(address);
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal) => {
      const answers = await askBuilder(asker, locale, question, signal);
      return { builder: answers && builderView(locale, house, question, answers) };
    };
    const page = await pageOnce(asker, ['builder', locale, house, question], make, request.signal);
    return {
      ...page,
      unread: address.unread(),
      views: savedFor(app.views, viewer as PersonViewer),
      longest: LONGEST_NAME,
    };
  });

/** Each returns to the funnel that is shown; a refusal says why over it. */
export const actions: Actions = {
  save: (event) =>
    answered(event, (views, viewer, form) =>
      views.save(viewer, {
        name: textIn(form, 'called'),
        address: addressOf(questionIn(event.url.searchParams)),
        isShared: form.get('shared') !== null,
      }),
    ),
  pin: (event) =>
    answered(event, (views, viewer, form) =>
      views.pin(viewer, savedOf(views, viewer, idIn(form)).id, form.get('on') !== null),
    ),
  remove: (event) =>
    answered(event, (views, viewer, form) => views.remove(viewer, savedOf(views, viewer, idIn(form)).id)),
};

const idIn = (form: FormData) => Number(textIn(form, 'id'));

async function answered(
  { request, url, locals }: RequestEvent,
  act: (views: Views, viewer: PersonViewer, form: FormData) => unknown,
) {
  const form = await request.formData();
  try {
    act(locals.app.views, locals.viewer as PersonViewer, form);
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.status >= 500) throw failure;
    const { message, remedy } = explain(failure, locals.locale, 'page');
    return fail(failure.status, { message, remedy });
  }
  redirect(303, ownPath(form.get('back'), url.origin, BUILDER));
}
