import { isIP } from 'node:net';

/** Whether a host name or address means this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Whether a request's Host header may be answered: loopback, or the host of the configured origin. */
export function isOwnHost(header: string | null, origin: string | undefined): boolean {
  if (header === null) return false;
  if (origin !== undefined && URL.canParse(origin) && new URL(origin).host === header.toLowerCase())
    return true;
  return isLoopback(header.replace(/:\d+$/, ''));
}
