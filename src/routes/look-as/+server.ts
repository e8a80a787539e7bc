import { error, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { homeOf } from '#lib/server/access/identify.ts';
import { LOOK_AS_COOKIE, lookedAs } from '#lib/server/access/look-as.ts';
import type { RequestHandler } from './$types';

/** Looks at the sample as another of its people. With own data one is who one has signed in as. */
export const POST: RequestHandler = async ({ request, cookies, locals: { own, locale } }) => {
  if (own !== null) {
    const { code, message, remedy } = explain(new Refusal('not_found', {}), locale, 'page');
    error(404, { code, message, remedy });
  }
  const form = await request.formData().catch(() => new FormData());
  const viewer = lookedAs(String(form.get('as')));
  cookies.set(LOOK_AS_COOKIE, viewer.id, { path: '/', httpOnly: true, sameSite: 'lax', secure: false });
  redirect(303, homeOf(viewer));
};
