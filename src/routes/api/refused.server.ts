import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { processLog } from '#lib/server/log/log.ts';
import type { Locale } from '#lib/words/locale.ts';

/** Any failure as the API answers it: `{error: {code, message, remedy, cause}}` with its status. */
export function refused(error: unknown, locale: Locale): Response {
  if (!(error instanceof Refusal) || error.status >= 500) processLog().fault('answering the API', error);
  const status = error instanceof Refusal ? error.status : 500;
  const headers: HeadersInit = status === 401 ? { 'www-authenticate': 'Bearer' } : {};
  return Response.json({ error: explain(error, locale, 'api') }, { status, headers });
}
