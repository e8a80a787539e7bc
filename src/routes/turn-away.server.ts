import type { Viewer } from '#lib/access/viewer.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Audience } from '#lib/server/access/doors.ts';
import { homeOf } from '#lib/server/access/identify.ts';
import type { Locale } from '#lib/words/locale.ts';
import template from '../error.html?raw';
import { refused } from './api/refused.server.ts';

/** What a request says of the form in which it wants its answer. */
export type Asked = {
  url: URL;
  /** What is asked for: something whole, or by a page that is open its data, or an action of its form. */
  asks: 'whole' | 'data' | 'action';
  /** The header Accept. */
  accept: string | null;
  locale: Locale;
};

/** What is known of a request that does not pass its door. */
export type Turned = Asked & {
  viewer: Viewer;
  audience: Audience | undefined;
  /** Whether somebody could sign in at all. */
  isSetUp: boolean;
  route: string | null;
  method: string;
};

/**
 * Answers whoever does not pass. Strangers who look are led to the log-in, or to the set-up while nobody is there, and
 * back afterwards; what programs ask gets 401 or 403 as the API says errors; other readers get a page that says so.
 */
export function turnAway(turned: Turned): Response {
  const { viewer, audience, route, method } = turned;
  const isStranger = viewer.kind === 'stranger';
  if (audience?.who === 'strangers') return led(turned, homeOf(viewer));
  const refusal = new Refusal(isStranger ? codeForStrangers(audience) : 'not_for_you', {});
  if (!isReader(turned)) return refused(refusal, turned.locale);
  const looks = method === 'GET' || method === 'HEAD' || turned.asks !== 'whole';
  if (isStranger && looks) return led(turned, turned.isSetUp ? logIn(turned) : '/setup');
  if (!isStranger && route === '/') return led(turned, homeOf(viewer));
  return told(turned, refusal);
}

/** Refuses what was sent before a page or the API has looked at it. */
export function refuseSent(asked: Asked, refusal: Refusal): Response {
  return isReader(asked) ? told(asked, refusal) : refused(refusal, asked.locale);
}

/** Whether somebody reads the answer in a page, not a program. */
function isReader({ asks, accept, url }: Asked): boolean {
  return !url.pathname.startsWith('/api/') && (asks !== 'whole' || accept?.includes('text/html') === true);
}

/** Leads elsewhere, in the form that SvelteKit's own pages expect where they ask for data or send a form. */
function led({ asks }: Asked, location: string): Response {
  if (asks === 'data') return Response.json({ type: 'redirect', location });
  if (asks === 'action') return Response.json({ type: 'redirect', status: 303, location });
  return new Response(null, { status: 303, headers: { location } });
}

/** Says to a reader why not. */
function told({ asks, locale }: Asked, refusal: Refusal): Response {
  const { code, message, remedy } = explain(refusal, locale, 'page');
  const { status } = refusal;
  if (asks === 'data') return Response.json({ code, message, remedy }, { status });
  if (asks === 'action')
    return Response.json({ type: 'error', error: { code, message, remedy } }, { status });
  const page = template
    .replace('<html>', `<html lang="${locale}">`)
    .replaceAll('%sveltekit.status%', `${remedy} (${status})`)
    .replaceAll('%sveltekit.error.message%', message);
  return new Response(page, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
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
