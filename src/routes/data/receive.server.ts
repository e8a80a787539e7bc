import { Refusal } from '#lib/errors/refusal.ts';
import { piecesOf } from '#lib/server/access/body.ts';
import { stage, uploadLimit } from '#lib/server/import/staging.ts';
import type { Staged } from '#lib/server/import/staging.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

/** Takes the files of a form in while they arrive, or a pasted text as a file. Throws as `stage` does. */
export async function received({ app }: Own, request: Request, locale: Locale): Promise<Staged> {
  const body = piecesOf(request.body);
  if (body === null) throw new Refusal('upload_broken', {});
  const incoming = { body, contentType: request.headers.get('content-type') };
  const pasted = word(locale, 'draft.pasted');
  return stage(app.data, incoming, { limit: uploadLimit(app.settings), pasted });
}
