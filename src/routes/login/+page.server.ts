import { fail, redirect } from '@sveltejs/kit';
import { homeOf } from '#lib/server/access/identify.ts';
import { accountsOf, keep } from '../accounts.server.ts';
import { callerOf } from '../caller.server.ts';
import { textIn } from '../form-text.ts';
import { ownPath } from '../own-path.ts';
import { problemOf } from '../problem.ts';
import type { Actions, PageServerLoad } from './$types';

/** The log-in; `back` is where it leads afterwards. */
export const load: PageServerLoad = ({ url, locals }) => {
  if (!accountsOf(locals).isSetUp()) redirect(303, '/setup');
  return { back: ownPath(url.searchParams.get('back'), url.origin) };
};

export const actions: Actions = {
  /** Name and password; who has a second step is asked for its code next. */
  in: async (event) => {
    const { request, locals, url } = event;
    const form = await request.formData();
    const name = textIn(form, 'name');
    const back = ownPath(form.get('back'), url.origin);
    let isWhole: boolean;
    try {
      const typed = { name, password: textIn(form, 'password') };
      const { value, cookies } = await accountsOf(locals).signIn(typed, callerOf(event));
      keep(event, cookies);
      ({ isWhole } = value);
    } catch (error) {
      const problem = problemOf(error, locals.locale);
      return fail(problem.status, { step: 'password' as const, name, back, problem });
    }
    if (!isWhole) return { step: 'code' as const, name, back, problem: null };
    redirect(303, back);
  },

  /** The code of the second step. */
  code: async (event) => {
    const { request, locals, url } = event;
    const form = await request.formData();
    const back = ownPath(form.get('back'), url.origin);
    try {
      keep(event, await accountsOf(locals).secondStep(textIn(form, 'code'), callerOf(event)));
    } catch (error) {
      const problem = problemOf(error, locals.locale);
      return fail(problem.status, { step: 'code' as const, name: '', back, problem });
    }
    redirect(303, back);
  },

  /** Signs out. In the sample nobody has signed in. */
  out: async (event) => {
    const { accounts, viewer } = event.locals;
    if (accounts === null) redirect(303, homeOf(viewer));
    keep(event, await accounts.signOut(callerOf(event)));
    redirect(303, '/login');
  },
};
