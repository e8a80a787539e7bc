import type { RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Accounts } from '#lib/server/accounts/accounts.ts';
import { keepCookies } from '#lib/server/accounts/cookies.ts';
import type { NewCookie } from '#lib/server/accounts/cookies.ts';

/** Who may sign in here. Throws Refusal sample_only where only the sample is open, in which nobody does. */
export function accountsOf({ accounts }: Pick<App.Locals, 'accounts'>): Accounts {
  if (accounts === null) throw new Refusal('sample_only', {});
  return accounts;
}

/** Has the browser keep the cookies of a session. */
export function keep({ cookies }: RequestEvent, given: readonly NewCookie[]): void {
  keepCookies(cookies, given, process.env.ORIGIN ?? '');
}
