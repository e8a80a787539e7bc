/** The name of every cookie of a session begins so; behind TLS `__Secure-` stands before it. */
export const COOKIE_PREFIX = 'seven-steps';

/** A cookie that an answer sets; `maxAge` in seconds, 0 takes it away, null lasts as long as the browser is open. */
export type NewCookie = { name: string; value: string; maxAge: number | null };

/** The cookies that headers of an answer set. Their other attributes are the same for all, see `keepCookies`. */
export function cookiesIn(headers: Headers): NewCookie[] {
  return headers.getSetCookie().map((line) => {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const at = pair.indexOf('=');
    const age = attributes.find((attribute) => /^max-age=/i.test(attribute))?.slice('max-age='.length);
    return {
      name: pair.slice(0, at),
      value: decodeURIComponent(pair.slice(at + 1)),
      maxAge: age === undefined ? null : Number(age),
    };
  });
}

/** The value of a cookie in the header Cookie of a request; null where it has none of that name that can be read. */
export function cookieNamed(header: string | null, name: string): string | null {
  const pair = header?.split(/;\s*/).find((one) => one.startsWith(`${name}=`));
  try {
    return pair === undefined ? null : decodeURIComponent(pair.slice(name.length + 1));
  } catch {
    return null;
  }
}

type Jar = {
  set(
    name: string,
    value: string,
    options: { path: string; httpOnly: boolean; sameSite: 'lax'; secure: boolean; maxAge?: number },
  ): void;
};

/** Has the caller keep cookies: out of the reach of scripts, not sent by other sites' forms, only over TLS where there is any. */
export function keepCookies(jar: Jar, cookies: readonly NewCookie[], origin: string): void {
  const options = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: origin.startsWith('https:'),
  } as const;
  for (const { name, value, maxAge } of cookies)
    jar.set(name, value, maxAge === null ? options : { ...options, maxAge });
}
