import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Vault } from '../pull/vault.ts';
import { openAttempts } from './attempts.ts';
import type { Auth, AuthOptions, Caller, NewSecondStep, WithCookies } from './auth.ts';
import { COOKIE_PREFIX } from './cookies.ts';
import type { NewCookie } from './cookies.ts';
import type { Link, Links } from './links.ts';
import { checkPassword } from './password-rule.ts';
import { loginOf } from './people.ts';
import type { People, Person } from './people.ts';
import type { Tokens } from '../tokens/tokens.ts';

/** A name and a password as they were typed. */
export type Typed = { name: string; password: string };

/** Signing in to the owner's studio. */
export type Accounts = {
  /** Whether an owner may sign in: then the set-up is over. */
  isSetUp(): boolean;
  /** What the console prints for the set-up, once per start; null when it is over. */
  setUpKey(): string | null;
  /** Whether a key is the one that the console printed, and still good. */
  isSetUpKey(key: string): boolean;
  /** Makes the first owner and signs them in. Throws Refusal setup_key_wrong, bad_person_name and those of checkPassword. */
  setUp(key: string, typed: Typed, caller: Caller): Promise<NewCookie[]>;
  /**
   * Signs somebody in; `isWhole` is false while the code of a second step is still to come.
   * Throws Refusal wrong_login, too_many_attempts.
   */
  signIn(typed: Typed, caller: Caller): Promise<WithCookies<{ isWhole: boolean }>>;
  /** Finishes signing in; a code is good once. Throws Refusal wrong_code, too_many_attempts. */
  secondStep(code: string, caller: Caller): Promise<NewCookie[]>;
  /** Who a link is for. Throws Refusal link_dead. */
  linked(secret: string): { person: Person; link: Link };
  /**
   * Uses a link: its person has this password from now on and is signed in; what they had begun before ends, tokens too.
   * Throws Refusal link_dead and those of checkPassword.
   */
  join(secret: string, password: string, caller: Caller): Promise<NewCookie[]>;
  /** Whose session it is, null for strangers; with the cookies of a session that was prolonged. */
  viewer(caller: Caller): Promise<WithCookies<PersonViewer | null>>;
  signOut(caller: Caller): Promise<NewCookie[]>;
  /**
   * Changes the password of whoever has signed in, ends their other sessions and revokes their tokens.
   * Throws Refusal wrong_password, too_many_attempts and those of checkPassword.
   */
  changePassword(present: string, next: string, caller: Caller): Promise<NewCookie[]>;
  /** Ends every session of whoever has signed in but this one, and revokes their tokens. */
  endOthers(caller: Caller): Promise<void>;
  /** Asks whoever has signed in for their present password. Throws Refusal wrong_password, too_many_attempts. */
  confirm(present: string, caller: Caller): Promise<void>;
  /** Draws a second step, which counts once a code has proved it. Throws Refusal wrong_password, too_many_attempts. */
  beginSecondStep(present: string, caller: Caller): Promise<NewSecondStep>;
  /** Throws Refusal wrong_code, too_many_attempts. */
  proveSecondStep(code: string, caller: Caller): Promise<NewCookie[]>;
  /** Takes the second step away. Throws Refusal wrong_password, too_many_attempts. */
  endSecondStep(present: string, caller: Caller): Promise<NewCookie[]>;
  /** The sessions of whoever has signed in, and what ends them: the library's own functions. */
  auth(): Promise<Auth>;
  close(): Promise<void>;
};

export type AccountsOptions = Omit<AuthOptions, 'secret'> & {
  people: People;
  links: Links;
  tokens: Pick<Tokens, 'revokeOf'>;
  vault: Vault;
  clock: () => Date;
};

/** Opens the accounts of a data folder; what costs time to load is loaded when somebody first signs in. */
export function openAccounts({
  people,
  links,
  tokens,
  vault,
  clock,
  file,
  origin,
  cost,
}: AccountsOptions): Accounts {
  const attempts = openAttempts(file);
  let opened: Promise<Auth> | undefined;
  const auth = () => (opened ??= opening());
  const opening = async () => {
    const { openAuth } = await import('./auth.ts');
    return openAuth({ file, origin, secret: vault.derive('sessions'), ...(cost && { cost }) });
  };
  /** Asks what takes a code; null from the library says that it is wrong. */
  const withCode = async (code: string, caller: Caller) => {
    const library = await auth();
    const who = await library.codeOf(caller);
    const attempt = attempts.begin({ what: 'code', who, address: caller.address }, clock());
    const taken = await library.secondStep(caller, code);
    if (taken === null) throw new Refusal('wrong_code', {});
    return { attempt, ...taken };
  };
  /** Asks what takes the present password of whoever has signed in; null from the library says that it is wrong. */
  const withPassword = async <T>(
    caller: Caller,
    ask: (library: Auth, person: Person) => Promise<T | null>,
  ) => {
    const library = await auth();
    const person = people.get((await library.session(caller))?.person ?? '');
    const { address } = caller;
    const attempt = attempts.begin({ what: 'password', who: loginOf(person.name), address }, clock());
    const answer = await ask(library, person);
    if (answer === null) throw new Refusal('wrong_password', {});
    attempt.succeeded();
    return answer;
  };
  let key = people.hasOwner() ? null : randomBytes(32).toString('base64url');

  /** Whoever was handed a link has no password until they use it: somebody else may know the one before. */
  const maySignIn = ({ id, disabledAt }: Person) => disabledAt === null && !links.isAwaited(id);
  const isSetUpKey = (given: string) => key !== null && !people.hasOwner() && same(given, key);
  const begin = async (person: Person, password: string, caller: Caller): Promise<NewCookie[]> => {
    const library = await auth();
    await library.setPassword(person.id, person.name, password);
    tokens.revokeOf(person.id, clock());
    const begun = await library.signIn(caller, person.id, password);
    if (begun === null) throw new Refusal('internal', {}, 'a password that was just set is not taken');
    return begun.cookies;
  };
  const linked = (secret: string) => {
    const link = links.find(secret, clock());
    const person = link && people.find(link.person);
    if (link === undefined || person === undefined || person.disabledAt !== null)
      throw new Refusal('link_dead', {});
    return { person, link };
  };

  return {
    isSetUp: () => people.hasOwner(),
    setUpKey: () => (people.hasOwner() ? null : key),
    isSetUpKey,
    setUp: async (given, { name, password }, caller) => {
      if (!isSetUpKey(given)) throw new Refusal('setup_key_wrong', {});
      await checkPassword(password, name);
      if (!isSetUpKey(given)) throw new Refusal('setup_key_wrong', {});
      const owner = people.add(name, { role: 'owner' }, clock());
      key = null;
      return begin(owner, password, caller);
    },
    signIn: async ({ name, password }, caller) => {
      const person = people.named(name);
      const attempt = attempts.begin(
        { what: 'password', who: loginOf(name), address: caller.address },
        clock(),
      );
      const known = person !== undefined && maySignIn(person) ? person.id : UNKNOWN;
      const begun = await (await auth()).signIn(caller, known, password);
      if (begun === null || person === undefined) throw new Refusal('wrong_login', {});
      attempt.succeeded();
      return begun;
    },
    secondStep: async (code, caller) => {
      const { attempt, value, cookies } = await withCode(code, caller);
      if (!maySignIn(people.get(value.person)) || !attempts.isFirst(value.person, code, clock())) {
        await (await auth()).dropSession(value.session);
        throw new Refusal('wrong_code', {});
      }
      attempt.succeeded();
      return cookies;
    },
    proveSecondStep: async (code, caller) => {
      const { attempt, value, cookies } = await withCode(code, caller);
      // It was seen on the way here: it signs nobody in any more.
      attempts.isFirst(value.person, code, clock());
      attempt.succeeded();
      return cookies;
    },
    changePassword: async (present, next, caller) => {
      const { cookies } = await withPassword(caller, async (library, { id, name }) => {
        await checkPassword(next, name);
        const changed = await library.changePassword(caller, present, next);
        if (changed !== null) tokens.revokeOf(id, clock());
        return changed;
      });
      return cookies;
    },
    endOthers: async (caller) => {
      const library = await auth();
      const session = await library.session(caller);
      await library.endOtherSessions(caller);
      if (session !== null) tokens.revokeOf(session.person, clock());
    },
    confirm: async (present, caller) => {
      await withPassword(caller, (library) => library.confirm(caller, present));
    },
    beginSecondStep: (present, caller) =>
      withPassword(caller, (library) => library.beginSecondStep(caller, present)),
    endSecondStep: async (present, caller) =>
      (await withPassword(caller, (library) => library.endSecondStep(caller, present))).cookies,
    linked,
    join: async (secret, password, caller) => {
      const { person } = linked(secret);
      await checkPassword(password, person.name);
      if (!links.use(secret, clock())) throw new Refusal('link_dead', {});
      return begin(person, password, caller);
    },
    viewer: async (caller) => {
      if (!caller.cookie?.includes(COOKIE_PREFIX)) return { value: null, cookies: [] };
      const session = await (await auth()).session(caller);
      const person = session && people.find(session.person);
      if (!session || !person || person.disabledAt !== null || isOver(session.begunAt, person))
        return { value: null, cookies: [] };
      const { id, name, standing } = person;
      return { value: { kind: 'person', id, name, ...standing }, cookies: session.cookies };
    },
    signOut: async (caller) => (await (await auth()).signOut(caller))?.cookies ?? [],
    auth,
    close: async () => {
      attempts.close();
      (await opened)?.close();
    },
  };
}

/** Whoever is not known is looked for under a name that nobody has: that takes as long as a wrong password. */
const UNKNOWN = 'nobody';

function isOver(begunAt: Date, { sessionsFrom }: Person): boolean {
  return sessionsFrom !== null && begunAt.toISOString() < sessionsFrom;
}

function same(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
