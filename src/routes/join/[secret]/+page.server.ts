import { fail, redirect } from '@sveltejs/kit';
import { homeOf } from '#lib/server/access/identify.ts';
import { SHORTEST_PASSWORD } from '#lib/server/accounts/password-rule.ts';
import { accountsOf, keep } from '../../accounts.server.ts';
import { callerOf } from '../../caller.server.ts';
import { newPasswordIn } from '../../form-text.ts';
import { problemOf } from '../../problem.ts';
import { orErrorPage } from '../../refuse.ts';
import { standingWords } from '../../standing-words.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a link is for: whose it is and what they will be here. */
export const load: PageServerLoad = ({ params: { secret }, locals, setHeaders }) =>
  orErrorPage(locals.locale, async () => {
    const { person, link } = accountsOf(locals).linked(secret);
    setHeaders({ 'cache-control': 'no-store' });
    return {
      secret,
      name: person.name,
      role: standingWords(locals.locale, person.standing),
      isFirst: link.kind === 'join',
      least: SHORTEST_PASSWORD,
    };
  });

export const actions: Actions = {
  /** Uses the link up: its person has this password and is signed in. */
  default: async (event) => {
    const { params, request, locals } = event;
    let home: string;
    try {
      const accounts = accountsOf(locals);
      const { id, name, standing } = accounts.linked(params.secret).person;
      const password = newPasswordIn(await request.formData());
      keep(event, await accounts.join(params.secret, password, callerOf(event)));
      home = homeOf({ kind: 'person', id, name, ...standing });
    } catch (error) {
      const problem = problemOf(error, locals.locale);
      return fail(problem.status, { problem });
    }
    redirect(303, home);
  },
};
