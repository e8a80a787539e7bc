import { error, redirect } from '@sveltejs/kit';
import type { Viewer } from '#lib/access/viewer.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Audience } from '#lib/server/access/doors.ts';
import { homeOf } from '#lib/server/access/identify.ts';
import type { Locale } from '#lib/words/locale.ts';
import { refused } from './api/refused.server.ts';

/** What is known of a request that does not pass its door. */
export type Turned = {
  viewer: Viewer;
  audience: Audience | undefined;
  /** Whether somebody could sign in at all. */
  isSetUp: boolean;
  route: string | null;
  method: string;
  url: URL;
  /** Whether it comes from a page that is open: SvelteKit asks for its data, or sends a form of it. */
  isOfPage: boolean;
  /** The header Accept. */
  accept: string | null;
  locale: Locale;
};

/**
 * Answers whoever does not pass. Strangers who look are led to the log-in, or to the set-up while nobody is there, and
 * back afterwards; what programs ask gets 401 or 403 as the API says errors. Throws SvelteKit's redirect or error.
 */
export function turnAway(turned: Turned): Response {
  const { viewer, audience, route, method, url, accept, locale } = turned;
  const isStranger = viewer.kind === 'stranger';
  if (audience?.who === 'strangers') redirect(303, homeOf(viewer));
  const refusal = new Refusal(isStranger ? codeForStrangers(audience) : 'not_for_you', {});
  const isReader = turned.isOfPage || accept?.includes('text/html') === true;
  if (!isReader || url.pathname.startsWith('/api/')) return refused(refusal, locale);
  const looks = method === 'GET' || method === 'HEAD' || turned.isOfPage;
  if (isStranger && looks) redirect(303, turned.isSetUp ? logIn(turned) : '/setup');
  if (!isStranger && route === '/') redirect(303, homeOf(viewer));
  const { code, message, remedy } = explain(refusal, locale, 'page');
  error(refusal.status, { code, message, remedy });
}

function codeForStrangers(audience: Audience | undefined): 'token_missing' | 'sign_in_first' {
  return audience?.tokens === 'lists' ? 'token_missing' : 'sign_in_first';
}

/** The log-in that leads back to what was asked. */
function logIn({ url: { pathname, search } }: Turned): string {
  return pathname === '/' && search === ''
    ? '/login'
    : `/login?back=${encodeURIComponent(pathname + search)}`;
}
