import { text } from '@sveltejs/kit';
import { processLog } from '#lib/server/log/log.ts';
import type { RequestHandler } from './$types';

const HEADERS = { 'cache-control': 'no-store' };

/** That questions are answered: 503 with Retry-After while the warehouse answers none, so that nobody is sent here. */
export const GET: RequestHandler = async ({ locals, request }) => {
  try {
    await locals.app.warehouse.query('select 1::int as one', {}, { signal: request.signal });
    return text('ready\n', { headers: HEADERS });
  } catch (error) {
    processLog().fault('asking the warehouse whether it answers', error);
    return text('not ready\n', { status: 503, headers: { ...HEADERS, 'retry-after': '2' } });
  }
};
