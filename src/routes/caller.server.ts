import type { RequestEvent } from '@sveltejs/kit';
import type { Caller } from '#lib/server/accounts/auth.ts';

/** Where a request comes from, as the accounts need it. */
export function callerOf({ request, getClientAddress }: RequestEvent): Caller {
  const { headers } = request;
  return { cookie: headers.get('cookie'), address: getClientAddress(), agent: headers.get('user-agent') };
}
