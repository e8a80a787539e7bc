import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Handle, HandleServerError, RequestEvent, ServerInit } from '@sveltejs/kit';
import type { Viewer } from '#lib/access/viewer.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { identify } from '#lib/server/access/identify.ts';
import { LOOK_AS_COOKIE } from '#lib/server/access/look-as.ts';
import { formIn } from '#lib/server/access/body.ts';
import type { Audience } from '#lib/server/access/doors.ts';
import { audienceOf, mayPass } from '#lib/server/access/may.ts';
import { keepCookies } from '#lib/server/accounts/cookies.ts';
import { currentRequest, inRequest, processLog } from '#lib/server/log/log.ts';
import { projectRoot } from '#lib/server/project.ts';
import { asOwner } from '#lib/server/reports/audience.ts';
import { compressed } from '#lib/server/studio/compress.ts';
import { scriptsAfterPaint } from '#lib/server/studio/scripts-after-paint.ts';
import { openStudios } from '#lib/server/studio/studios.ts';
import type { Studios } from '#lib/server/studio/studios.ts';
import { isLocale, LOCALE_COOKIE, localeOfHeader, localeOfTag } from '#lib/words/locale.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { refused } from './routes/api/refused.server.ts';
import { callerOf } from './routes/caller.server.ts';
import { refuseSent, turnAway } from './routes/turn-away.server.ts';
import type { Asked } from './routes/turn-away.server.ts';
import { askWeek } from './routes/week/answers.server.ts';
import { questionIn } from './routes/week/question.ts';

const kept = globalThis as { sevenStepsStudios?: Promise<Studios> };

/** Once per process: hot reloads in development find the studios open. */
function studios(): Promise<Studios> {
  const { SEVENSTEPS_DATA, SEVENSTEPS_SAMPLE } = process.env;
  return (kept.sevenStepsStudios ??= openStudios({
    data: SEVENSTEPS_DATA ? resolve(SEVENSTEPS_DATA) : join(projectRoot(), 'data', 'local'),
    sampleOnly: SEVENSTEPS_SAMPLE === '1',
    clock: () => new Date(),
    origin: origin(),
    standing: (app) => askWeek(asOwner(app), questionIn(new URLSearchParams()), new AbortController().signal),
  }));
}

/** The address that people open; the start sets it. */
const origin = () => process.env.ORIGIN ?? 'http://127.0.0.1:3000';

export const init: ServerInit = async () => {
  const opened = await studios();
  process.once('sveltekit:shutdown', () => void opened.close());
  const tell = () => tellSetUp(opened);
  if (process.env.SEVENSTEPS_DEV === '1') tell();
  else process.once('sevensteps:serving', tell);
};

/** While nobody is there, the console alone learns how to begin. */
function tellSetUp({ accounts }: Studios): void {
  const key = accounts?.setUpKey() ?? null;
  if (key === null) return;
  const locale = localeOfTag(process.env.LANG ?? '') ?? 'en';
  console.log(word(locale, 'setup.console', { link: `${origin()}/setup?key=${key}` }));
}

export const handle: Handle = async ({ event, resolve: answer }) => {
  const id = randomUUID();
  return inRequest(id, async () => {
    const begun = performance.now();
    const response = await answered({ event, resolve: answer });
    response.headers.set('x-request-id', id);
    const { route, request } = event;
    const ms = Math.round(performance.now() - begun);
    processLog().answered({ method: request.method, route: route.id, status: response.status, ms });
    return response;
  });
};

/** Answers from the studio that is shown, in the reader's language. */
const answered: Handle = async ({ event, resolve: answer }) => {
  const opened = await studios();
  const locale = localeOf(event.cookies.get(LOCALE_COOKIE), event.request.headers.get('accept-language'));
  const theme = themeOf(event.cookies.get('theme'));
  Object.assign(event.locals, { locale, theme });
  const viewer = await entered(event, opened, locale);
  if (viewer instanceof Response) return viewer;

  const { app, isSample } = await opened.shown();
  const asker = { warehouse: app.warehouse, viewer };
  Object.assign(event.locals, {
    app,
    asker,
    isSample,
    own: opened.own,
    accounts: opened.accounts,
    viewer,
  });
  const headers = new Headers(event.request.headers);
  headers.set('accept-language', locale);
  const { preload, putOff } = event.route.id === '/me' ? scriptsAfterPaint() : {};
  const response = await paraglideMiddleware(new Request(event.url, { headers }), () =>
    answer(event, {
      ...(preload && { preload }),
      transformPageChunk: ({ html }) => {
        const page = html.replace('%lang%', locale).replace('%theme%', theme === 'auto' ? '' : theme);
        return putOff ? putOff(page) : page;
      },
    }),
  );
  return compressed(event.request.headers.get('accept-encoding'), response);
};

/**
 * Who asks, once they have passed the door with a form that is no larger than it may be; else the answer to whoever did not.
 * Before the door nothing is read.
 */
async function entered(event: RequestEvent, opened: Studios, locale: Locale): Promise<Viewer | Response> {
  const { request, url, route } = event;
  const { method } = request;
  const asked = { ...askedBy(event), locale };
  const audience = audienceOf({ route: route.id, method, search: url.searchParams });
  const viewer = await identified(event, opened);
  if (viewer instanceof Refusal)
    return mayPass(STRANGER, audience)
      ? ((await withForm(event, STRANGER, audience, asked)) ?? STRANGER)
      : refused(viewer, locale);
  if (mayPass(viewer, audience)) return (await withForm(event, viewer, audience, asked)) ?? viewer;
  if (route.id === null && viewer.kind !== 'stranger') return viewer;
  return turnAway({
    ...asked,
    viewer,
    audience,
    isSetUp: opened.accounts?.isSetUp() ?? true,
    route: route.id,
    method,
  });
}

const STRANGER: Viewer = { kind: 'stranger' };

/** In which form an answer is wanted. */
function askedBy({ request: { headers }, url, isDataRequest }: RequestEvent): Omit<Asked, 'locale'> {
  const asks = isDataRequest ? 'data' : headers.has('x-sveltekit-action') ? 'action' : 'whole';
  return { url, asks, accept: headers.get('accept') };
}

/** Puts the whole form in the place of one that is still arriving; the answer where it is none that may come in. */
async function withForm(
  event: RequestEvent,
  viewer: Viewer,
  audience: Audience | undefined,
  asked: Asked,
): Promise<Response | undefined> {
  try {
    const { method, headers, signal } = event.request;
    const body = await formIn(event.request, viewer, audience);
    if (body !== null) event.request = new Request(event.request.url, { method, headers, signal, body });
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return refuseSent(asked, error);
    throw error;
  }
}

/** Who asks, or why a token is not taken. Keeps the cookies of a session that was prolonged. */
async function identified(event: RequestEvent, opened: Studios): Promise<Viewer | Refusal> {
  const { request, cookies } = event;
  try {
    const { value, cookies: prolonged } = await identify(opened, {
      caller: callerOf(event),
      authorization: request.headers.get('authorization'),
      lookAs: cookies.get(LOOK_AS_COOKIE),
    });
    keepCookies(cookies, prolonged, origin());
    return value;
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) return error;
    throw error;
  }
}

/** What no page answers: a request that is wrong in itself is told so; anything else is `internal`, logged with its cause. */
export const handleError: HandleServerError = ({ error, event, status }) => {
  const wrong = wrongRequest(status, event.url.pathname);
  if (wrong === null) processLog().fault('answering a page', error);
  const { code, message, remedy } = explain(wrong ?? error, event.locals.locale ?? 'en', 'page');
  const request = wrong === null ? currentRequest() : null;
  return { code, message, remedy, ...(request && { request }) };
};

/** The refusal of a request that SvelteKit itself turned away, by the status it gave; null where the fault is ours. */
function wrongRequest(status: number, path: string): Refusal | null {
  if (status === 404) return new Refusal('page_not_found', { path });
  if (status === 400) return new Refusal('bad_address', { path });
  return status < 500 ? new Refusal('bad_request', { path, status }) : null;
}

function localeOf(cookie: string | undefined, header: string | null): Locale {
  return isLocale(cookie) ? cookie : localeOfHeader(header);
}

function themeOf(cookie: string | undefined): App.Locals['theme'] {
  return cookie === 'light' || cookie === 'dark' ? cookie : 'auto';
}
