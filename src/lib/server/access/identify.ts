import type { PersonViewer, ProgramViewer, Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { Caller, WithCookies } from '../accounts/auth.ts';
import type { App } from '../app.ts';
import type { Studios } from '../studio/studios.ts';
import { lookedAs } from './look-as.ts';

/** What a request says about who sends it. */
export type Sender = { caller: Caller; authorization: string | null; lookAs: string | undefined };

/**
 * Who asks: the program of a token, else the person of a session, else a stranger. Where only the sample is open nobody
 * signs in: one looks at it as one of its people. Throws Refusal token_missing, token_unknown, token_expired.
 */
export async function identify(
  { own, accounts }: Pick<Studios, 'own' | 'accounts'>,
  sender: Sender,
): Promise<WithCookies<Viewer>> {
  if (own === null || accounts === null) return { value: lookedAs(sender.lookAs), cookies: [] };
  if (sender.authorization !== null) return { value: programOf(own.app, sender.authorization), cookies: [] };
  const { value, cookies } = await accounts.viewer(sender.caller);
  return { value: value ?? { kind: 'stranger' }, cookies };
}

function programOf({ tokens, people, clock }: App, authorization: string): ProgramViewer {
  const now = clock();
  const { id, name, tables, reads, person } = tokens.identify(authorization, now);
  const bearer = person === null ? undefined : people.find(person);
  if (person !== null && (bearer === undefined || bearer.disabledAt !== null))
    throw new Refusal('token_unknown', {});
  tokens.use(id, now);
  return { kind: 'token', id, name, tables, reads: bearer?.standing ?? reads };
}

/** Where somebody begins: staff with what is theirs, everybody else with the week. */
export function homeOf(viewer: Viewer): string {
  return isStaff(viewer) ? '/me' : '/';
}

function isStaff(viewer: Viewer): viewer is PersonViewer {
  return viewer.kind === 'person' && viewer.role === 'staff';
}
