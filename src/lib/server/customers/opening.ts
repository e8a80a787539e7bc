import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../app.ts';
import { businessDay } from '../import/business-day.ts';
import type { AccessKind, Who } from './access-log.ts';
import type { Client, Subject } from './subject.ts';

/** How long a file stays open to whoever said why they opened it. */
export const OPEN_MINUTES = 15;

/** Characters that a reason may have. */
export const LONGEST_REASON = 200;
const SHORTEST_REASON = 2;
const MINUTE_MS = 60_000;

/** Whoever sits at the machine, by the name of their account there. */
export const atTheMachine = (name: string): Who => ({ id: null, name, role: 'owner' });

/** Somebody who has signed in. */
export const asPerson = ({ id, name, role }: PersonViewer): Who => ({
  id,
  name: name === '' ? id : name,
  role,
});

/** Writes into the access log that somebody did something with a file, and why. Throws Refusal reason_missing. */
export function noteAccess(
  { accessLog, settings, clock }: Pick<App, 'accessLog' | 'settings' | 'clock'>,
  access: { who: Who; kind: Exclude<AccessKind, 'looked_as'>; subject: Pick<Subject, 'key'>; reason: string },
): void {
  const now = clock();
  accessLog.add({
    at: now.toISOString(),
    day: businessDay(settings.get('time_zone'), now),
    who: access.who,
    kind: access.kind,
    customer: access.subject.key,
    reason: reasonIn(access.reason),
  });
}

/** Writes into the access log that somebody reads the page of one of the staff as they see it, once for as long as a file is open. */
export function noteLook(
  { accessLog, settings, clock }: Pick<App, 'accessLog' | 'settings' | 'clock'>,
  viewer: PersonViewer,
  staffId: string,
): void {
  const [now, customer] = [clock(), `S:${staffId}`];
  const last = accessLog.last('looked_as', viewer.id, customer);
  if (last !== null && Date.parse(last) + OPEN_MINUTES * MINUTE_MS > now.getTime()) return;
  const day = businessDay(settings.get('time_zone'), now);
  accessLog.add({
    at: now.toISOString(),
    day,
    who: asPerson(viewer),
    kind: 'looked_as',
    customer,
    reason: '',
  });
}

/** Until when a file is open to somebody; null where they have to say (again) why they open it. */
export function openUntil(
  { accessLog, clock }: Pick<App, 'accessLog' | 'clock'>,
  { id }: Pick<PersonViewer, 'id'>,
  { key }: Pick<Subject, 'key'>,
): Date | null {
  const opened = accessLog.last('opened', id, key);
  if (opened === null) return null;
  const until = new Date(Date.parse(opened) + OPEN_MINUTES * MINUTE_MS);
  return until > clock() ? until : null;
}

/** Until when the file of a client is open to somebody: while that of everybody in it is; null as above. */
export function openUntilAll(
  app: Pick<App, 'accessLog' | 'clock'>,
  person: Pick<PersonViewer, 'id'>,
  client: Client,
): Date | null {
  const ends = client.map((one) => openUntil(app, person, one));
  const open = ends.filter((end) => end !== null);
  const [first] = open.toSorted((a, b) => a.getTime() - b.getTime());
  return open.length < ends.length ? null : (first ?? null);
}

/** One line without control characters. */
function reasonIn(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length < SHORTEST_REASON || line.length > LONGEST_REASON)
    throw new Refusal('reason_missing', { longest: LONGEST_REASON });
  return line;
}
