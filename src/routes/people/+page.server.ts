import { fail } from '@sveltejs/kit';
import { roles } from '#lib/access/viewer.ts';
import { bar, shutOut } from '#lib/server/accounts/shut-out.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { staffMembers } from '#lib/server/reports.gen.ts';
import { standingOf } from '#lib/server/accounts/standing.ts';
import type { LinkKind } from '#lib/server/accounts/links.ts';
import type { App } from '#lib/server/app.ts';
import type { Person } from '#lib/server/accounts/people.ts';
import type { Token } from '#lib/server/tokens/tokens.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { moment } from '../data/moment.ts';
import { ownStudio } from '../data/own-studio.ts';
import { textIn } from '../form-text.ts';
import { problemOf } from '../problem.ts';
import { orErrorPage } from '../refuse.ts';
import { standingWords } from '../standing-words.server.ts';
import { storesOf } from '../stores.server.ts';
import { tokenLine, tokensOf } from '../token-lines.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Everybody who may be here and as what, the tokens of all, and the form to invite somebody; `edit` in the address names whom to change. */
export const load: PageServerLoad = ({ url, locals: { own, locale } }) =>
  orErrorPage(locale, async () => {
    const { app } = ownStudio(own);
    const edited = url.searchParams.get('edit');
    const staff = (await staffMembers(asOwner(app), {})).rows;
    return {
      tokens: tokensOf(app).map((token) => tokenLine(locale, app, token, whoseWords(locale, app, token))),
      people: app.people.all().map((person) => personView(locale, app, staff, person)),
      edited: edited === null ? null : editedView(app.people.get(edited)),
      roles: roles.map((role) => ({
        role,
        name: word(locale, `role.${role}`),
        about: word(locale, `role.${role}.about`),
      })),
      stores: await storesOf(app),
      staff: staff.map(({ staff_id, name, store }) => ({
        id: staff_id,
        about: [name, store].filter((part) => part !== null).join(' · '),
      })),
    };
  });

export const actions: Actions = {
  /** Adds somebody and gives the link by which they choose a password. */
  invite: (event) =>
    answered(event, (app, form) => {
      const person = app.people.add(textIn(form, 'name'), standingOf(wishIn(form)), app.clock());
      return linkFor(event, app, person, 'join');
    }),
  /** Changes what somebody may see. */
  change: (event) =>
    answered(event, (app, form) => {
      app.people.change(textIn(form, 'id'), standingOf(wishIn(form)));
      return null;
    }),
  /** Gives a link for a new password and ends the old one, all sessions and tokens: what somebody else may know ends now. */
  reset: (event) =>
    answered(event, (app, form) => {
      const person = shutOut(app, textIn(form, 'id'));
      return linkFor(event, app, person, 'reset');
    }),
  /** Bars somebody at once. What they did stays. */
  disable: (event) =>
    answered(event, (app, form) => {
      bar(app, textIn(form, 'id'));
      return null;
    }),
  enable: (event) =>
    answered(event, (app, form) => {
      app.people.enable(textIn(form, 'id'));
      return null;
    }),
  /** Revokes anybody's token. */
  revoke_token: (event) =>
    answered(event, (app, form) => {
      app.tokens.revoke(Number(textIn(form, 'id')), app.clock());
      return null;
    }),
};

/** A link as it is handed on, shown this once. */
type Made = { name: string; link: string; until: string };

async function answered(event: RequestEvent, act: (app: App, form: FormData) => Made | null) {
  const { request, locals } = event;
  const form = await request.formData();
  try {
    return { made: act(ownStudio(locals.own).app, form), problem: null, written: null };
  } catch (error) {
    const problem = problemOf(error, locals.locale);
    const written = { name: textIn(form, 'name'), ...wishIn(form) };
    return fail(problem.status, { made: null, problem, written });
  }
}

function linkFor({ url, locals: { locale } }: RequestEvent, app: App, person: Person, kind: LinkKind): Made {
  const { secret, expiresAt } = app.links.make(person.id, kind, app.clock());
  return {
    name: person.name,
    link: new URL(`/join/${secret}`, url.origin).href,
    until: when(locale, app, expiresAt),
  };
}

function wishIn(form: FormData) {
  const named = textIn(form, 'other_stores').split(/[,，、;；\n]/);
  const chosen = form.getAll('store').filter((store) => typeof store === 'string');
  return { role: textIn(form, 'role'), stores: [...chosen, ...named], staffId: textIn(form, 'staff_id') };
}

type Member = { readonly staff_id: string; readonly name: string | null };

/** Somebody with what they see; of staff also who the lists say has their number, or that nobody there has it. */
function personView(locale: Locale, app: App, staff: readonly Member[], person: Person) {
  const { id, name, standing, disabledAt } = person;
  const staffId = standing.role === 'staff' ? standing.staffId : null;
  const member = staff.find(({ staff_id }) => staff_id === staffId);
  const link = app.links.openOf(id, app.clock());
  return {
    id,
    name,
    role: standingWords(locale, standing, member?.name),
    isUnlisted: staffId !== null && staff.length > 0 && member === undefined,
    isDisabled: disabledAt !== null,
    waits: link ? when(locale, app, link.expiresAt) : null,
  };
}

/** Whose a token is; of one that the command line made, as whom it reads or that it hands in lists. */
function whoseWords(locale: Locale, { people }: App, { person, reads }: Token): string {
  if (person !== null) return people.find(person)?.name ?? '';
  return reads === null ? word(locale, 'people.token.lists') : standingWords(locale, reads);
}

function editedView({ id, name, standing }: Person) {
  return {
    id,
    name,
    role: standing.role,
    stores: standing.role === 'manager' ? [...standing.stores] : [],
    staffId: standing.role === 'staff' ? standing.staffId : '',
  };
}

function when(locale: Locale, app: App, instant: string): string {
  return moment(locale, app.settings.get('time_zone'), instant.slice(0, 19));
}
