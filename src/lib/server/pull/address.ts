import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { Refusal } from '#lib/errors/refusal.ts';

/** Finds the addresses of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolveByDns: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

/** Which hosts may be asked although they are not public, and how names are resolved. */
export type Gate = { allow: readonly string[]; resolve: Resolve };

/**
 * The address at which a URL's host is asked: resolved once, so that the connection goes where the check looked. All
 * addresses of the host must be public, unless the host is allowed.
 * Throws Refusal private_address, host_not_found.
 */
export async function addressFor(url: URL, { allow, resolve }: Gate): Promise<string> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const addresses = ipaddr.isValid(host) ? [host] : await resolved(host, resolve);
  const [first] = addresses;
  if (first === undefined) throw new Refusal('host_not_found', { host });
  if (!allow.some((name) => name.toLowerCase() === host) && !addresses.every(isPublic))
    throw new Refusal('private_address', { host });
  return first;
}

/**
 * Addresses that count as public and are not: IPv4 within IPv6 as it was written once (RFC 4291, 2.5.5.1), and where the
 * machines of Azure ask for their own credentials.
 */
const NOT_PUBLIC = {
  inner: [ipaddr.IPv6.parseCIDR('::/96'), ipaddr.IPv4.parseCIDR('168.63.129.16/32')],
};

/** Whether an address belongs to the public Internet: neither private, loopback, link-local nor reserved. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && ipaddr.subnetMatch(parsed, NOT_PUBLIC, 'public') === 'public';
}

async function resolved(host: string, resolve: Resolve): Promise<readonly string[]> {
  try {
    return await resolve(host);
  } catch (error) {
    throw new Refusal('host_not_found', { host }, error);
  }
}
