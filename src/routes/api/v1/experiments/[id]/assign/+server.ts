import { Refusal } from '#lib/errors/refusal.ts';
import { businessDay } from '#lib/server/import/business-day.ts';
import { assignment } from '#lib/server/experiments/assignment.ts';
import { refused } from '../../../../refused.server.ts';
import type { RequestHandler } from './$types';

/** Which variant of an experiment a unit gets, for whoever has a token for the list of assignments. */
export const GET: RequestHandler = async ({ params: { id }, url, request, locals: { own, locale } }) => {
  try {
    if (own === null) throw new Refusal('sample_only', {});
    const { app } = own;
    app.tokens.admit(request.headers.get('authorization'), 'assignments', app.clock());
    const unit = url.searchParams.get('unit')?.trim() ?? '';
    if (unit === '') throw new Refusal('unit_missing', {});
    const today = businessDay(app.settings.get('time_zone'), app.clock());
    const answer = await assignment(app.warehouse, { id, unit, today });
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return refused(error, locale);
  }
};
