import type { App } from '../app.ts';
import type { Person } from './people.ts';

type Kept = Pick<App, 'people' | 'links' | 'tokens' | 'clock'>;

/** Ends what somebody has begun, since others may know of it: every session, every token. Throws Refusal unknown_person. */
export function shutOut({ people, tokens, clock }: Kept, id: string): Person {
  const person = people.endSessions(id, clock());
  tokens.revokeOf(id, clock());
  return person;
}

/** Bars somebody: they cannot sign in, and what they have begun ends for good, links that they were handed too. Throws Refusal unknown_person, last_owner. */
export function bar(kept: Kept, id: string): Person {
  const { people, links, clock } = kept;
  people.disable(id, clock());
  links.end(id, clock());
  return shutOut(kept, id);
}
