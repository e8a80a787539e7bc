import { error } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Locale } from '#lib/words/locale.ts';

/** Runs `work`; a refusal becomes the error page with its sentence and remedy, anything else goes on. */
export async function orErrorPage<T>(locale: Locale, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.status >= 500) throw failure;
    const { code, message, remedy } = explain(failure, locale, 'page');
    error(failure.status, { code, message, remedy });
  }
}
