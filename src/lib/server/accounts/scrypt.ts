import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What one hash costs: memory of 128 · N · r bytes, p times. */
export type Cost = { N: number; r: number; p: number };

/** Cost of one hash: 32 MiB and about a tenth of a second (OWASP's equivalent of N = 2^17, p = 1). */
export const COST: Cost = { N: 2 ** 15, r: 8, p: 3 };
const KEY_BYTES = 64;
const SALT_BYTES = 16;
const FORM = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

/** Passwords are hashed one after the other: many at once would take the memory that reports need. */
let last: Promise<unknown> = Promise.resolve();

/** The hash of a password with its salt and cost, as it is kept. */
export async function hashPassword(password: string, cost: Cost): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const { N, r, p } = cost;
  const key = await derived(password, salt, cost);
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether a password gives a kept hash; false for a hash of another form. */
export async function verifyPassword({
  hash,
  password,
}: {
  hash: string;
  password: string;
}): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = FORM.exec(hash) ?? [];
  const kept = Buffer.from(key, 'base64url');
  if (kept.length !== KEY_BYTES) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(kept, await derived(password, Buffer.from(salt, 'base64url'), cost));
}

function derived(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const options = { ...cost, maxmem: 256 * cost.N * cost.r };
  const turn = last.then(
    () =>
      new Promise<Buffer>((done, fail) =>
        scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
          error ? fail(error) : done(key),
        ),
      ),
  );
  last = turn.catch(() => undefined);
  return turn;
}
