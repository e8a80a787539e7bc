import { redirect } from '@sveltejs/kit';
import { isLocale, LOCALE_COOKIE } from '#lib/words/locale.ts';
import { ownPath } from '../own-path.ts';
import type { RequestHandler } from './$types';

const YEAR_SECONDS = 365 * 24 * 3600;
const themes = ['light', 'dark', 'auto'];

/** Keeps the reader's language or colours in a cookie and returns to the page they came from. */
export const POST: RequestHandler = async ({ request, cookies, url }) => {
  const form = await request.formData().catch(() => new FormData());
  const options = {
    path: '/',
    maxAge: YEAR_SECONDS,
    httpOnly: true,
    secure: url.protocol === 'https:',
    sameSite: 'lax',
  } as const;
  const locale = form.get('locale');
  if (isLocale(locale)) cookies.set(LOCALE_COOKIE, locale, options);
  const theme = form.get('theme');
  if (typeof theme === 'string' && themes.includes(theme)) cookies.set('theme', theme, options);
  redirect(303, ownPath(form.get('back'), url.origin));
};
