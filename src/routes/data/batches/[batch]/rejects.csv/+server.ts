import { refused } from '../../../../api/refused.server.ts';
import { rejectsFile } from '../rejects.server.ts';
import type { RequestHandler } from './$types';

/** The rejected records of an import as CSV. */
export const GET: RequestHandler = async ({ params: { batch }, locals: { app, locale }, request }) => {
  try {
    return await rejectsFile(app, locale, { batch, format: 'csv', signal: request.signal });
  } catch (error) {
    return refused(error, locale);
  }
};
