import { join } from 'node:path';
import type { Standing } from '#lib/access/viewer.ts';
import { openLinks } from '#lib/server/accounts/links.ts';
import { openPeople } from '#lib/server/accounts/people.ts';
import { openTokens } from '#lib/server/tokens/tokens.ts';
import type { TokenWish } from '#lib/server/tokens/tokens.ts';
import { cookieIn, signedIn } from './studio.ts';
import type { Studio } from './studio.ts';

/** Whoever asks: what they are to the declarations, and what their requests bring along. */
export type Asker = {
  name: string;
  /** As what somebody is let in; null for whoever is let in nowhere. */
  standing: Standing | null;
  /** What a program may do with its token; null for people. */
  program: 'lists' | 'reports' | null;
  headers: Record<string, string>;
};

const owner: Standing = { role: 'owner' };
const seller: Standing = { role: 'staff', staffId: 'S11' };
const otherSeller: Standing = { role: 'staff', staffId: 'S19' };

/** Whoever signs in, beside the owner. */
const people: readonly (readonly [string, Standing])[] = [
  ['a manager', { role: 'manager', stores: ['中山路店'] }],
  ['a manager of another store', { role: 'manager', stores: ['东门店'] }],
  ['a marketer', { role: 'marketer' }],
  ['one of the staff', seller],
  ['another of the staff', otherSeller],
];

const BARRED = 'somebody barred';
const EXPIRED = 'an expired token';

/** The names of all who ask: every role twice where it is bound to something, and everybody to whom nothing is open. */
export const askerNames: readonly string[] = [
  'a stranger',
  'the owner',
  ...people.map(([name]) => name),
  BARRED,
  'a token for lists',
  'a token that reads',
  'a token of one of the staff',
  EXPIRED,
];

/** Makes them known to a studio of the sample; gives each with what it sends. */
export async function everyAsker(studio: Studio): Promise<Map<string, Asker>> {
  const store = join(studio.data, 'app.sqlite');
  const now = new Date();
  const [known, links, tokens] = [openPeople(store), openLinks(store), openTokens(store)];
  const signIn = async (name: string, standing: Standing): Promise<Asker> => {
    const { secret } = links.make(known.add(name, standing, now).id, 'join', now);
    return { name, standing, program: null, headers: { cookie: await joinBy(studio, secret) } };
  };
  const program = (
    name: string,
    does: Asker['program'],
    wish: Omit<TokenWish, 'name'>,
    standing: Standing | null = null,
  ): Asker => {
    const { secret } = tokens.add({ ...wish, name }, now);
    return { name, standing, program: does, headers: { authorization: `Bearer ${secret}` } };
  };
  try {
    const askers: Asker[] = [
      { name: 'a stranger', standing: null, program: null, headers: {} },
      {
        name: 'the owner',
        standing: owner,
        program: null,
        headers: { cookie: signedIn.get(studio.address) ?? '' },
      },
    ];
    for (const [name, standing] of people) askers.push(await signIn(name, standing));
    askers.push({ ...(await signIn(BARRED, owner)), standing: null });
    known.disable(known.named(BARRED)?.id ?? '', now);
    const reader = { role: 'marketer', stores: [], staffId: null };
    const own = { role: 'staff', stores: [], staffId: 'S11' };
    askers.push(
      program('a token for lists', 'lists', { tables: 'orders', expires: null }),
      program(
        'a token that reads',
        'reports',
        { tables: '', reads: reader, expires: null },
        { role: 'marketer' },
      ),
      program('a token of one of the staff', 'reports', { tables: '', reads: own, expires: null }, seller),
      program(EXPIRED, null, { tables: '', reads: { ...reader, role: 'owner' }, expires: '2020-01-01' }),
    );
    return new Map(askers.map((asker) => [asker.name, asker]));
  } finally {
    for (const one of [known, links, tokens]) one.close();
  }
}

const password = 'another seven steps';

/** Joins by a link; gives the cookie of the session. */
export async function joinBy({ address }: Studio, secret: string): Promise<string> {
  const answer = await fetch(`${address}/join/${secret}`, {
    method: 'POST',
    body: new URLSearchParams({ password, again: password }),
    headers: { origin: address },
    redirect: 'manual',
  });
  return cookieIn(answer);
}
