import { Refusal } from '#lib/errors/refusal.ts';
import { piecesOf } from '#lib/server/access/body.ts';
import { uploadLimit } from '#lib/server/import/staging.ts';
import { bodyKindOf, receiveBody } from '#lib/server/push/body.ts';
import { push } from '#lib/server/push/push.ts';
import { tableInPath } from '#lib/server/push/table-in-path.ts';
import { refused } from '../../refused.server.ts';
import type { RequestHandler } from './$types';

/** Takes records of one table as JSON, NDJSON, CSV or an Arrow stream, for whoever has a token for it. */
export const POST: RequestHandler = async ({ params, request, locals: { own, locale } }) => {
  try {
    const table = tableInPath(params.table);
    if (own === null) throw new Refusal('sample_only', {});
    const { app } = own;
    const token = app.tokens.admit(request.headers.get('authorization'), table, app.clock());
    const contentType = request.headers.get('content-type');
    bodyKindOf(contentType);
    const pieces = piecesOf(request.body);
    const body = await receiveBody(app.data, { body: pieces, contentType }, uploadLimit(app.settings));
    try {
      const key = request.headers.get('idempotency-key');
      const answer = await push(app, { token, table, body, key, signal: request.signal });
      return new Response(answer.body, {
        status: answer.status,
        headers: { 'content-type': 'application/json' },
      });
    } finally {
      await body.discard();
    }
  } catch (error) {
    return refused(error, locale);
  }
};
