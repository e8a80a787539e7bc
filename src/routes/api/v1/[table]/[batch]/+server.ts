import { Refusal } from '#lib/errors/refusal.ts';
import { tableInPath } from '#lib/server/push/table-in-path.ts';
import { withdrawBatch } from '#lib/server/import/withdraw.ts';
import { refused } from '../../../refused.server.ts';
import type { RequestHandler } from './$types';

/** Takes a batch back that came in with the same token. */
export const DELETE: RequestHandler = async ({ params, request, locals: { own, locale } }) => {
  try {
    const table = tableInPath(params.table);
    if (own === null) throw new Refusal('sample_only', {});
    const { app } = own;
    const { name } = app.tokens.admit(request.headers.get('authorization'), table, app.clock());
    return Response.json(
      await withdrawBatch(app, { batch: params.batch, by: name, only: { table, token: name } }),
    );
  } catch (error) {
    return refused(error, locale);
  }
};
