const SECRET_NAME = /key|token|secret|sign|pass|pwd|auth|credential/i;
/** Long, of letters and digits, and neither words nor an instant: what nobody types. */
const SECRET_VALUE = /^(?=.*[a-z])(?=.*\d)[\w.~+/=-]{20,}$/i;
const HIDDEN = '***';

/** An address for showing: who logs in, and values of its query that look like secrets, are hidden. */
export function shownUrl(address: string): string {
  const url = new URL(address);
  const hidden = [...url.searchParams].filter(
    ([name, value]) => SECRET_NAME.test(name) || SECRET_VALUE.test(value),
  );
  if (hidden.length === 0 && !hasUserInfo(url)) return address;
  for (const [name] of hidden) url.searchParams.set(name, HIDDEN);
  if (hasUserInfo(url)) [url.username, url.password] = [HIDDEN, ''];
  return url.href;
}

/** Whether a user or a password stands before the host of an address. */
export function hasUserInfo({ username, password }: URL): boolean {
  return username !== '' || password !== '';
}
