import { fail } from '@sveltejs/kit';
import { mayRead } from '#lib/server/access/may.ts';
import { findCustomers, MOST_FOUND } from '#lib/server/customers/find.ts';
import { fileLink, numberOf } from '#lib/ui/customer-link.ts';
import { longDay } from '#lib/ui/dates.ts';
import { textIn } from '../form-text.ts';
import { problemOf } from '../problem.ts';
import type { Actions, PageServerLoad } from './$types';

/** The form to look for a customer; what is looked for never stands in an address. */
export const load: PageServerLoad = ({ locals: { viewer } }) => ({
  most: MOST_FOUND,
  decides: mayRead(viewer, '/clients/matches'),
});

export const actions: Actions = {
  /** Who has this number, telephone or name. */
  find: async ({ request, locals: { asker, locale } }) => {
    const wanted = textIn(await request.formData(), 'wanted');
    try {
      const found = await findCustomers(asker, wanted);
      return {
        wanted,
        problem: null,
        found: found.map(({ key, name, phone, store, began }) => ({
          key,
          href: fileLink(key),
          name: name ?? numberOf(key),
          about: [phone, store, began === null ? null : longDay(locale, began)].filter(
            (part) => part !== null,
          ),
        })),
      };
    } catch (error) {
      const problem = problemOf(error, locale);
      return fail(problem.status, { wanted, problem, found: null });
    }
  },
};
