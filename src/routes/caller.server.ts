import type { RequestEvent } from '@sveltejs/kit';
import type { Caller } from '#lib/server/accounts/auth.ts';
import { processLog } from '#lib/server/log/log.ts';

type Sent = Pick<RequestEvent, 'request' | 'getClientAddress' | 'platform'>;

/** Where a request comes from, as the accounts need it. */
export function callerOf(event: Sent): Caller {
  const { headers } = event.request;
  return { cookie: headers.get('cookie'), address: addressOf(event), agent: headers.get('user-agent') };
}

/**
 * The address that the header of ADDRESS_HEADER names. A request without it did not come through the proxy, or the proxy does
 * not send it: it counts for the address of its connection, and the log says so once.
 */
function addressOf({ getClientAddress, platform }: Sent): string {
  try {
    return getClientAddress();
  } catch (error) {
    if (!isTold) processLog().fault('reading ADDRESS_HEADER', error);
    isTold = true;
    const { req } = (platform ?? {}) as { req?: { socket: { remoteAddress?: string } } };
    return req?.socket.remoteAddress ?? 'unknown';
  }
}

/** Whether this process has said that the header is missing: once is enough. */
let isTold = false;
