import { fail, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { changeSetting } from '#lib/server/settings/change.ts';
import { percentOfShare, shareOfPercent } from '#lib/server/settings/margin.ts';
import type { Actions, PageServerLoad } from './$types';
import { choicesOf } from './choices.server.ts';

/** The settings as they are, and what may be chosen; `saved` names the one that was just changed. */
export const load: PageServerLoad = ({ url, locals: { app, locale } }) => {
  const values = app.settings.all();
  return {
    values: { ...values, margin_rate: percentOfShare(values.margin_rate) },
    choices: choicesOf(locale),
    saved: url.searchParams.get('saved'),
  };
};

export const actions: Actions = {
  /** Changes one setting; a refusal shows the page again with what was typed and what is expected. */
  default: async ({ request, locals: { app, locale } }) => {
    const form = await request.formData();
    const name = String(form.get('name') ?? '');
    const typed = String(form.get('value') ?? '').trim();
    try {
      await changeSetting(app, name, valueOf(name, typed));
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.status >= 500) throw failure;
      return fail(failure.status, { name, typed, message: explain(failure, locale, 'page').message });
    }
    redirect(303, `/settings?saved=${name}#${name}`);
  },
};

function valueOf(name: string, typed: string): string {
  if (name === 'margin_rate') return shareOfPercent(typed);
  return name === 'currency' ? typed.toUpperCase() : typed;
}
