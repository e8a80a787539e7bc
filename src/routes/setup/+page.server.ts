import { fail, redirect } from '@sveltejs/kit';
import { SHORTEST_PASSWORD } from '#lib/server/accounts/password-rule.ts';
import { accountsOf, keep } from '../accounts.server.ts';
import { callerOf } from '../caller.server.ts';
import { newPasswordIn, textIn } from '../form-text.ts';
import { problemOf } from '../problem.ts';
import type { Actions, PageServerLoad } from './$types';

/** The set-up: whoever has the key from the console becomes the first owner; everybody else learns where it stands. */
export const load: PageServerLoad = ({ url, locals, setHeaders }) => {
  const accounts = accountsOf(locals);
  if (accounts.isSetUp()) redirect(303, '/login');
  setHeaders({ 'cache-control': 'no-store' });
  const key = url.searchParams.get('key') ?? '';
  return { key: accounts.isSetUpKey(key) ? key : null, least: SHORTEST_PASSWORD };
};

export const actions: Actions = {
  /** Makes the first owner, who is signed in and goes on to the first lists. */
  default: async (event) => {
    const { request, locals } = event;
    const form = await request.formData();
    const name = textIn(form, 'name');
    try {
      const typed = { name, password: newPasswordIn(form) };
      keep(event, await accountsOf(locals).setUp(textIn(form, 'key'), typed, callerOf(event)));
    } catch (error) {
      const problem = problemOf(error, locals.locale);
      return fail(problem.status, { name, problem });
    }
    redirect(303, '/start');
  },
};
