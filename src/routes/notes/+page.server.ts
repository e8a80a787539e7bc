import { fail, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '#lib/server/app.ts';
import { LONGEST_NOTE } from '#lib/server/notes/notes.ts';
import { dataSpan } from '#lib/server/reports.gen.ts';
import { ownPath } from '../own-path.ts';
import { orErrorPage } from '../refuse.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** All notes, the newest week first, and the one that `?edit=` names. */
export const load: PageServerLoad = ({ url, locals: { app, locale } }) =>
  orErrorPage(locale, async () => {
    const edited = url.searchParams.get('edit');
    return {
      longest: LONGEST_NOTE,
      notes: app.notes.all().toReversed(),
      edited: edited === null ? null : app.notes.get(Number(edited)),
      week: url.searchParams.get('week') ?? (await lastWeek(app)),
    };
  });

/** Each returns to `back`, else to the list; a refusal shows the form again with what was written. */
export const actions: Actions = {
  add: (event) => answered(event, ({ notes }, { week, text }) => notes.add(week, text)),
  change: (event) => answered(event, ({ notes }, { id, week, text }) => notes.change(id, week, text)),
  remove: (event) => answered(event, ({ notes }, { id }) => notes.remove(id)),
};

type Written = { id: number; week: string; text: string };

async function answered(event: RequestEvent, act: (app: App, written: Written) => unknown) {
  const { request, url, locals } = event;
  const form = await request.formData();
  const field = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const written = { id: Number(field('id')), week: field('week'), text: field('text') };
  try {
    act(locals.app, written);
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.status >= 500) throw failure;
    const { message, remedy } = explain(failure, locals.locale, 'page');
    return fail(failure.status, { ...written, message, remedy });
  }
  redirect(303, ownPath(form.get('back'), url.origin, '/notes'));
}

async function lastWeek(app: App): Promise<string> {
  const [span] = (await dataSpan(app, {})).rows;
  return span?.last_week ?? span?.running_week ?? '';
}
