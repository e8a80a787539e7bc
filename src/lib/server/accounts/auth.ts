import type { DatabaseSync } from 'node:sqlite';
import { NodeSqliteDialect } from '@better-auth/kysely-adapter/node-sqlite-dialect';
import { betterAuth } from 'better-auth';
import type { BetterAuthOptions } from 'better-auth';
import { isAPIError } from 'better-auth/api';
import { getMigrations } from 'better-auth/db/migration';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { username } from 'better-auth/plugins/username';
import { Refusal } from '#lib/errors/refusal.ts';
import { openStore } from '../store.ts';
import { APP_NAME } from './app-key.ts';
import { COOKIE_PREFIX, cookieNamed, cookiesIn } from './cookies.ts';
import type { NewCookie } from './cookies.ts';
import { COST, hashPassword, verifyPassword } from './scrypt.ts';
import type { Cost } from './scrypt.ts';

/** Where a request comes from: its cookies, its address, its browser. */
export type Caller = { cookie: string | null; address: string; agent: string | null };

/** An answer together with the cookies that the caller is to keep. */
export type WithCookies<T> = { value: T; cookies: NewCookie[] };

/** A session of somebody; instants are dates. */
export type Session = {
  id: string;
  begunAt: Date;
  seenAt: Date;
  address: string;
  agent: string;
  isThis: boolean;
};

/** A second step that waits for its first code. */
export type NewSecondStep = { secret: string; spareCodes: string[]; cookies: NewCookie[] };

export type AuthOptions = {
  /** app.sqlite. */
  file: string;
  /** Signs cookies and seals the secrets of second steps. */
  secret: string;
  /** The address that people open, e.g. http://127.0.0.1:3000. */
  origin: string;
  /** What new passwords are hashed with, where it is not the usual one. */
  cost?: Cost;
};

const ADDRESS_HEADER = 'x-seven-steps-address';
const DAY_SECONDS = 86_400;

/**
 * better-auth as this product uses it: names for people, no public addresses of its own, scrypt, a second step by TOTP. It
 * opens no transactions: they stay open while others have their turn, whose writes into the same file would wait for them
 * in vain.
 */
function optionsOf(database: DatabaseSync, { secret, origin, cost = COST }: AuthOptions) {
  return {
    database: { dialect: new NodeSqliteDialect({ database }), type: 'sqlite', transaction: false },
    secret,
    appName: APP_NAME,
    baseURL: origin,
    logger: { disabled: true },
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      // Which passwords are taken, password-rule.ts says.
      minPasswordLength: 1,
      maxPasswordLength: 1000,
      password: { hash: (password) => hashPassword(password, cost), verify: verifyPassword },
    },
    session: { expiresIn: 30 * DAY_SECONDS, updateAge: DAY_SECONDS, freshAge: 0 },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: origin.startsWith('https:'),
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    plugins: [
      username({ minUsernameLength: 1, maxUsernameLength: 100, usernameValidator: () => true }),
      twoFactor({ issuer: APP_NAME }),
    ],
  } satisfies BetterAuthOptions;
}

export type Auth = Awaited<ReturnType<typeof openAuth>>;

/** Opens better-auth over app.sqlite and makes its tables where they are missing. Throws Refusal store_unreadable. */
export async function openAuth(given: AuthOptions) {
  const database = openStore(given.file, '');
  const options = optionsOf(database, given);
  await (await getMigrations(options)).runMigrations();
  const auth = betterAuth(options);
  const { internalAdapter, adapter, createAuthCookie } = await auth.$context;

  const headersOf = ({ cookie, address, agent }: Caller) => {
    const headers = new Headers({ [ADDRESS_HEADER]: address });
    if (cookie !== null) headers.set('cookie', cookie);
    if (agent !== null) headers.set('user-agent', agent);
    return headers;
  };

  /** The answer with its cookies; null when better-auth says that a password, a code or a session is not right. */
  const asked = async <T>(
    work: () => Promise<{ response: T; headers: Headers }>,
  ): Promise<WithCookies<T> | null> => {
    try {
      const { response, headers } = await work();
      return { value: response, cookies: cookiesIn(headers) };
    } catch (error) {
      if (isAPIError(error) && error.statusCode < 500) {
        if (error.statusCode === 429) throw new Refusal('too_many_attempts', { minutes: 15 });
        return null;
      }
      throw error;
    }
  };

  return {
    /** Whether somebody has a password. */
    hasPassword: async (person: string): Promise<boolean> =>
      (await internalAdapter.findCredentialAccount(person)) !== null,

    /** Gives somebody a password, ends their sessions and takes their second step away. */
    setPassword: async (person: string, name: string, password: string): Promise<void> => {
      const hash = await hashPassword(password, given.cost ?? COST);
      if ((await internalAdapter.findUserById(person)) === null) {
        const user = { id: person, name, email: `${person}@people.invalid`, username: person };
        await internalAdapter.createUser({ ...user, emailVerified: true }, { method: 'invitation' });
        await internalAdapter.linkAccount({
          userId: person,
          providerId: 'credential',
          accountId: person,
          password: hash,
        });
        return;
      }
      await internalAdapter.updatePassword(person, hash);
      await internalAdapter.deleteUserSessions(person);
      await adapter.deleteMany({ model: 'twoFactor', where: [{ field: 'userId', value: person }] });
      await internalAdapter.updateUser(person, { twoFactorEnabled: false });
    },

    /** Begins a session; null when the password is wrong. `isWhole` is false while a code is still to come. */
    signIn: async (
      caller: Caller,
      person: string,
      password: string,
    ): Promise<WithCookies<{ isWhole: boolean }> | null> => {
      const answer = await asked(() =>
        auth.api.signInUsername({
          body: { username: person, password },
          headers: headersOf({ ...caller, cookie: null }),
          returnHeaders: true,
        }),
      );
      return answer && { ...answer, value: { isWhole: !('twoFactorRedirect' in answer.value) } };
    },

    /**
     * Takes a code of the app, or one of the spare codes: of somebody who is signing in, who has a session then, or of
     * somebody who has signed in; null when it is wrong. The library itself bars codes of a person after ten wrong ones.
     */
    secondStep: async (
      caller: Caller,
      code: string,
    ): Promise<WithCookies<{ person: string; session: string }> | null> => {
      const call = { body: { code: code.replace(/\s/g, '') }, headers: headersOf(caller) };
      const taken = /^\d{6}$/.test(call.body.code)
        ? await asked(() => auth.api.verifyTOTP({ ...call, returnHeaders: true }))
        : await asked(() => auth.api.verifyBackupCode({ ...call, returnHeaders: true }));
      if (taken === null) return null;
      const { user, token } = taken.value;
      return { value: { person: user.id, session: token ?? '' }, cookies: taken.cookies };
    },

    /** Whose code is asked for: of somebody who has signed in, or who is about to; null where nobody has begun. */
    codeOf: async (caller: Caller): Promise<string | null> => {
      const answer = await asked(() =>
        auth.api.getSession({ headers: headersOf(caller), returnHeaders: true }),
      );
      if (answer?.value) return answer.value.session.userId;
      const begun = cookieNamed(caller.cookie, createAuthCookie('two_factor').name);
      if (begun === null) return null;
      // The library judges the signature behind the last dot; the random text before it is known to its holder alone.
      const kept = await internalAdapter.findVerificationValue(begun.slice(0, begun.lastIndexOf('.')));
      return kept?.value ?? null;
    },

    /** Whether a password is the caller's own; null when it is not. */
    confirm: (caller: Caller, password: string) =>
      asked(() =>
        auth.api.verifyPassword({ body: { password }, headers: headersOf(caller), returnHeaders: true }),
      ),

    /** Ends a session that was begun a moment ago. */
    dropSession: (session: string): Promise<void> => internalAdapter.deleteSession(session),

    /** Whose session it is and when it began; null where there is none. */
    session: async (caller: Caller) => {
      const answer = await asked(() =>
        auth.api.getSession({ headers: headersOf(caller), returnHeaders: true }),
      );
      if (answer === null || answer.value === null) return null;
      const { session, user } = answer.value;
      return {
        person: session.userId,
        begunAt: session.createdAt,
        hasSecondStep: user.twoFactorEnabled === true,
        cookies: answer.cookies,
      };
    },

    signOut: (caller: Caller) =>
      asked(() => auth.api.signOut({ headers: headersOf(caller), returnHeaders: true })),

    /** The sessions of the caller, the latest first. */
    sessions: async (caller: Caller): Promise<Session[]> => {
      const headers = headersOf(caller);
      const current = await auth.api.getSession({ headers });
      const all = await auth.api.listSessions({ headers });
      return all
        .map(({ id, createdAt, updatedAt, ipAddress, userAgent }) => ({
          id,
          begunAt: createdAt,
          seenAt: updatedAt,
          address: ipAddress ?? '',
          agent: userAgent ?? '',
          isThis: id === current?.session.id,
        }))
        .toSorted((a, b) => b.begunAt.getTime() - a.begunAt.getTime());
    },

    /** Ends one session of the caller by its id; nothing where the caller has none of that id. */
    endSession: async (caller: Caller, id: string): Promise<void> => {
      const headers = headersOf(caller);
      const found = (await auth.api.listSessions({ headers })).find((session) => session.id === id);
      if (found) await auth.api.revokeSession({ body: { token: found.token }, headers });
    },

    /** Ends every session of the caller but this one. */
    endOtherSessions: async (caller: Caller): Promise<void> => {
      await auth.api.revokeOtherSessions({ headers: headersOf(caller) });
    },

    /** Changes the caller's password and ends their other sessions; null when the present one is wrong. */
    changePassword: (caller: Caller, present: string, next: string) =>
      asked(() =>
        auth.api.changePassword({
          body: { currentPassword: present, newPassword: next, revokeOtherSessions: true },
          headers: headersOf(caller),
          returnHeaders: true,
        }),
      ),

    /** Draws the secret of a second step, which counts once a code has proved it; null when the password is wrong. */
    beginSecondStep: async (caller: Caller, password: string): Promise<NewSecondStep | null> => {
      const answer = await asked(() =>
        auth.api.enableTwoFactor({ body: { password }, headers: headersOf(caller), returnHeaders: true }),
      );
      if (answer === null || !('totpURI' in answer.value)) return null;
      const { totpURI, backupCodes } = answer.value;
      const secret = new URL(totpURI).searchParams.get('secret') ?? '';
      return { secret, spareCodes: backupCodes, cookies: answer.cookies };
    },

    /** Takes the second step away; null when the password is wrong. */
    endSecondStep: (caller: Caller, password: string) =>
      asked(() =>
        auth.api.disableTwoFactor({ body: { password }, headers: headersOf(caller), returnHeaders: true }),
      ),

    close: () => database.close(),
  };
}
