import { Refusal } from '#lib/errors/refusal.ts';
import { loginOf } from './people.ts';

/** Characters that a password has at least and at most. */
export const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

/** Fewer different characters than this are a pattern, not a password. */
const FEWEST_DIFFERENT = 5;

/**
 * Refuses what is guessed first: length counts, kinds of characters do not (NIST SP 800-63B §3.1.1). `name` is the person's.
 * Throws Refusal password_too_short, password_too_long, password_common, password_like_name.
 */
export async function checkPassword(password: string, name: string): Promise<void> {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) throw new Refusal('password_too_short', { least: SHORTEST_PASSWORD });
  if (length > LONGEST_PASSWORD) throw new Refusal('password_too_long', { longest: LONGEST_PASSWORD });
  const plain = password.normalize('NFKC').toLowerCase();
  const login = loginOf(name);
  if (plain === login || (login.length >= 4 && plain.replaceAll(login, '').length < FEWEST_DIFFERENT))
    throw new Refusal('password_like_name', {});
  if (new Set(plain).size < FEWEST_DIFFERENT || (await isCommon(plain)))
    throw new Refusal('password_common', {});
}

/** Whether a list of breached passwords has it, or has it without the digits and signs that were put around it. */
async function isCommon(plain: string): Promise<boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  const known = new Set<string>(dictionary['passwords-common'].map(String));
  const stem = plain.replace(/^[\d\p{P}\p{S}]+|[\d\p{P}\p{S}]+$/gu, '');
  return known.has(plain) || own.has(stem) || (stem.length >= 4 && known.has(stem));
}

/** What people here would type first and the list does not have. */
const own = new Set(['sevensteps', 'qibu', 'woaini', 'woaiwojia', 'hunsha', 'yinglou', 'mima']);
