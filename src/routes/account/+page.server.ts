import { fail, redirect } from '@sveltejs/kit';
import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { appKeyOf } from '#lib/server/accounts/app-key.ts';
import type { AppKey } from '#lib/server/accounts/app-key.ts';
import type { Accounts } from '#lib/server/accounts/accounts.ts';
import type { Session } from '#lib/server/accounts/auth.ts';
import { SHORTEST_PASSWORD } from '#lib/server/accounts/password-rule.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { lastDayIn } from '#lib/server/tokens/last-day.ts';
import type { Locale } from '#lib/words/locale.ts';
import { keep } from '../accounts.server.ts';
import { callerOf } from '../caller.server.ts';
import { moment } from '../data/moment.ts';
import { newPasswordIn, textIn } from '../form-text.ts';
import { problemOf } from '../problem.ts';
import { standingWords } from '../standing-words.server.ts';
import { tokenLine, tokensOf } from '../token-lines.server.ts';
import { browserOf } from './browser-of.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** One's own account: who one is here, password, second step, sessions, tokens. In the sample there is none to change. */
export const load: PageServerLoad = async (event) => {
  const { own, accounts, viewer, locale } = event.locals;
  const person = personOf(viewer);
  const who = { name: person.name, role: standingWords(locale, person) };
  if (own === null || accounts === null) return { who, done: null, account: null };
  const library = await accounts.auth();
  const caller = callerOf(event);
  const [session, sessions] = [await library.session(caller), await library.sessions(caller)];
  return {
    who,
    done: event.url.searchParams.get('done'),
    account: {
      least: SHORTEST_PASSWORD,
      hasSecondStep: session?.hasSecondStep ?? false,
      sessions: sessions.map((one) => sessionView(locale, own, one)),
      tokens: tokensOf(own.app, person.id).map((token) => tokenLine(locale, own.app, token, null)),
    },
  };
};

export const actions: Actions = {
  /** Changes the password, ends the other sessions and revokes the tokens. */
  password: (event) =>
    answered(event, 'password', async ({ accounts }, _person, form) => {
      const next = newPasswordIn(form);
      keep(event, await accounts.changePassword(textIn(form, 'present'), next, callerOf(event)));
      return {};
    }),

  /** Ends one session. */
  end: (event) =>
    answered(event, 'sessions', async ({ accounts }, _person, form) => {
      await (await accounts.auth()).endSession(callerOf(event), textIn(form, 'id'));
      return {};
    }),

  /** Signs out everywhere but here, programs included. */
  end_others: (event) =>
    answered(event, 'sessions', async ({ accounts }) => {
      await accounts.endOthers(callerOf(event));
      return {};
    }),

  /** Draws the secret of a second step; it counts once a code has proved it. */
  begin_second_step: (event) =>
    answered(event, 'second_step', async ({ accounts }, person, form) => {
      const begun = await accounts.beginSecondStep(textIn(form, 'present'), callerOf(event));
      keep(event, begun.cookies);
      return { begun: begunOf(person, begun.secret, begun.spareCodes.join(' ')) };
    }),

  /** Proves the second step with a first code. */
  prove_second_step: async (event) => {
    const form = await event.request.clone().formData();
    const person = personOf(event.locals.viewer);
    const begun = begunOf(person, textIn(form, 'secret'), textIn(form, 'spare_codes'));
    return answered(
      event,
      'second_step',
      async ({ accounts }) => {
        keep(event, await accounts.proveSecondStep(textIn(form, 'code'), callerOf(event)));
        return {};
      },
      begun,
    );
  },

  end_second_step: (event) =>
    answered(event, 'second_step', async ({ accounts }, _person, form) => {
      keep(event, await accounts.endSecondStep(textIn(form, 'present'), callerOf(event)));
      return {};
    }),

  /** Makes a token that asks reports as this person may, for whoever knows their password. */
  add_token: (event) =>
    answered(event, 'tokens', async ({ app, accounts }, person, form) => {
      const expires = lastDayIn(textIn(form, 'expires'), app.clock());
      await accounts.confirm(textIn(form, 'present'), callerOf(event));
      const wish = { name: textIn(form, 'name'), tables: '', expires, person: person.id };
      return { secret: app.tokens.add(wish, app.clock()).secret };
    }),

  revoke_token: (event) =>
    answered(event, 'tokens', async ({ app }, person, form) => {
      const token = tokensOf(app, person.id).find(({ id }) => id === Number(textIn(form, 'id')));
      if (token) app.tokens.revoke(token.id, app.clock());
      return {};
    }),
};

type Part = 'password' | 'sessions' | 'second_step' | 'tokens';

/** A second step that waits for its first code. */
type Begun = { key: AppKey; spareCodes: string };
type House = Own & { accounts: Accounts };
type Done = { begun?: Begun | null; secret?: string };

function begunOf({ name }: PersonViewer, secret: string, spareCodes: string): Begun | null {
  const key = appKeyOf(name, secret);
  return key && { key, spareCodes };
}

/** What shows something is answered with it; what is only done leads back to the page, for the session may be a new one. */
async function answered(
  { request, locals }: RequestEvent,
  part: Part,
  act: (house: House, person: PersonViewer, form: FormData) => Promise<Done>,
  begun: Begun | null = null,
) {
  let done: Done;
  try {
    const { own, accounts } = locals;
    if (own === null || accounts === null) throw new Refusal('sample_only', {});
    done = await act({ ...own, accounts }, personOf(locals.viewer), await request.formData());
  } catch (error) {
    const problem = problemOf(error, locals.locale);
    return fail(problem.status, { part, problem, begun, secret: null });
  }
  if (!done.begun && !done.secret) redirect(303, `/account?done=${part}`);
  return { part, problem: null, begun: done.begun ?? null, secret: done.secret ?? null };
}

function personOf(viewer: App.Locals['viewer']): PersonViewer {
  if (viewer.kind !== 'person') throw new Refusal('not_for_you', {});
  return viewer;
}

function sessionView(locale: Locale, own: Own, { id, begunAt, seenAt, address, agent, isThis }: Session) {
  return {
    id,
    begun: when(locale, own, begunAt.toISOString()),
    seen: when(locale, own, seenAt.toISOString()),
    address,
    browser: browserOf(agent),
    isThis,
  };
}

function when(locale: Locale, { app }: Own, instant: string): string {
  return moment(locale, app.settings.get('time_zone'), instant.slice(0, 19));
}
