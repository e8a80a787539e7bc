import { text } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** That the process answers at all: what does not is to be started anew. */
export const GET: RequestHandler = () => text('alive\n', { headers: { 'cache-control': 'no-store' } });
