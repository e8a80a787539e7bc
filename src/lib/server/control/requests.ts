import { Refusal } from '#lib/errors/refusal.ts';
import type { Mapping } from '#lib/exports/mapping.ts';
import type { LinkKind } from '../accounts/links.ts';
import type { StandingWish } from '../accounts/standing.ts';
import { bar, shutOut } from '../accounts/shut-out.ts';
import { standingOf } from '../accounts/standing.ts';
import type { Person } from '../accounts/people.ts';
import type { App } from '../app.ts';
import type { Access, AccessFilter } from '../customers/access-log.ts';
import type { Erased } from '../customers/erase-listed.ts';
import { eraseSubject, previewErasing } from '../customers/erase.ts';
import { exportedOf } from '../customers/exported.ts';
import type { Exported } from '../customers/exported.ts';
import { atTheMachine, noteAccess } from '../customers/opening.ts';
import { personsOf } from '../customers/persons.ts';
import { subjectFor } from '../customers/subject.ts';
import type { Source } from '../import/source.ts';
import { importFiles } from '../import/import-files.ts';
import type { Imported } from '../import/import-files.ts';
import { batchOf } from '../import/ledger.ts';
import { mendRecords } from '../import/mend.ts';
import type { Mended, MendRequest } from '../import/mend.ts';
import { openRecords } from '../import/quarantine.ts';
import type { Quarantined } from '../import/quarantine.ts';
import { withdrawBatch } from '../import/withdraw.ts';
import type { Withdrawal, Withdrawn } from '../import/withdraw.ts';
import type { KeptMapping } from '../mappings/mappings.ts';
import type { FeedState } from '../pull/feeds.ts';
import { pull, tryFeed } from '../pull/pull.ts';
import type { Pulled, Tried } from '../pull/pull.ts';
import { realWorld } from '../pull/schedule.ts';
import type { Answer } from '../reports/answer.ts';
import { asOwner } from '../reports/audience.ts';
import { askByName } from '../reports/by-name.ts';
import type { RawParameters } from '../reports/by-name.ts';
import { changeSetting } from '../settings/change.ts';
import { settingName } from '../settings/settings.ts';
import { lastDayIn } from '../tokens/last-day.ts';
import type { Token, TokenWish } from '../tokens/tokens.ts';
import type { Row } from '../warehouse/values.ts';

/** What the command line may ask of whoever holds the data folder, itself or a running server. */
export type Request =
  | { kind: 'import'; files: Source[]; dryRun: boolean; by?: string | undefined }
  | { kind: 'mappings' }
  | { kind: 'mapping' | 'forget-mapping'; source: string }
  | { kind: 'keep-mapping'; source: string; mapping: Mapping }
  | ({ kind: 'withdraw' } & Withdrawal)
  | { kind: 'quarantine'; batch: string; page: number; size: number }
  | ({ kind: 'mend' } & MendRequest)
  | { kind: 'customer'; key: string; by: string; reason: string }
  | { kind: 'erase'; key: string; by: string; reason: string | null }
  | { kind: 'access_log'; filter: AccessFilter; page: number; size: number }
  | { kind: 'report'; name: string; parameters: RawParameters }
  | { kind: 'user_add'; name: string; wish: StandingWish }
  | { kind: 'user_list' }
  | { kind: 'user_disable' | 'user_reset'; name: string }
  | ({ kind: 'token_add'; expires: string } & Omit<TokenWish, 'expires'>)
  | { kind: 'token_list' }
  | { kind: 'feed_put'; feed: unknown }
  | { kind: 'feed_list' }
  | { kind: 'feed_try' | 'feed_run' | 'feed_remove'; name: string }
  | { kind: 'token_revoke'; id: number }
  | { kind: 'get'; name?: string | undefined }
  | { kind: 'set'; name: string; value: string };

/** What comes back, by kind of request. */
export type Results = {
  import: Imported;
  mappings: KeptMapping[];
  mapping: Mapping;
  'keep-mapping': Mapping;
  'forget-mapping': null;
  withdraw: Withdrawn;
  quarantine: Waiting;
  mend: Mended;
  customer: Exported;
  erase: { customer: string; persons: string[]; isDone: boolean } & Erased;
  access_log: { lines: Access[]; all: number };
  report: Answer<Row>;
  user_add: Invited;
  user_list: Person[];
  user_disable: Person;
  user_reset: Invited;
  token_add: { token: Token; secret: string };
  token_list: Token[];
  feed_put: FeedState[];
  feed_list: FeedState[];
  feed_remove: FeedState[];
  feed_try: Tried;
  feed_run: Pulled;
  token_revoke: Token;
  get: Record<string, string>;
  set: Record<string, string>;
};

/** Somebody, and the path of the address by which they choose a password. */
export type Invited = { person: Person; path: string };

/** The open records of a batch, in the order of the file, with the headers of its columns. */
export type Waiting = { headers: readonly string[]; records: Quarantined[]; open: number };

export type ResultOf<R extends Request> = Results[R['kind']];

/** Does what is asked. Throws Refusal. */
export async function perform<R extends Request>(app: App, request: R): Promise<ResultOf<R>> {
  return (await dispatch(app, request)) as ResultOf<R>;
}

function dispatch(app: App, request: Request): Promise<Results[keyof Results]> {
  switch (request.kind) {
    case 'import':
      return importFiles(app, request.files, {
        ...request,
        origin: { way: 'command_line', name: null, by: request.by ?? null },
      });
    case 'mappings':
      return Promise.resolve(app.mappings.all());
    case 'mapping':
      return Promise.resolve(app.mappings.get(request.source).mapping);
    case 'keep-mapping':
      return Promise.resolve(keepMapping(app, request.source, request.mapping));
    case 'forget-mapping':
      return Promise.resolve(forgetMapping(app, request.source));
    case 'withdraw':
      return withdrawBatch(app, request);
    case 'quarantine':
      return waiting(app, request);
    case 'mend':
      return mendRecords(app, request);
    case 'customer':
      return exportCustomer(app, request);
    case 'erase':
      return eraseCustomer(app, request);
    case 'access_log':
      return Promise.resolve(app.accessLog.page(request.filter, { page: request.page, size: request.size }));
    case 'report':
      return askByName(asOwner(app), request.name, request.parameters);
    case 'user_add': {
      const person = app.people.add(request.name, standingOf(request.wish), app.clock());
      return Promise.resolve(invited(app, person, 'join'));
    }
    case 'user_list':
      return Promise.resolve(app.people.all());
    case 'user_disable':
      return Promise.resolve(bar(app, personNamed(app, request.name).id));
    case 'user_reset': {
      const person = shutOut(app, personNamed(app, request.name).id);
      return Promise.resolve(invited(app, person, 'reset'));
    }
    case 'token_add':
      return Promise.resolve(addToken(app, request));
    case 'feed_put':
      app.feeds.put(request.feed);
      return Promise.resolve(app.feeds.all());
    case 'feed_list':
      return Promise.resolve(app.feeds.all());
    case 'feed_remove':
      app.feeds.remove(request.name);
      return Promise.resolve(app.feeds.all());
    case 'feed_try':
      return tryFeed(app, request.name, realWorld, new AbortController().signal);
    case 'feed_run':
      return pull(app, request.name, realWorld, new AbortController().signal);
    case 'token_list':
      return Promise.resolve(app.tokens.all());
    case 'token_revoke':
      return Promise.resolve(app.tokens.revoke(request.id, app.clock()));
    case 'get':
      return Promise.resolve(readSettings(app, request.name));
    case 'set':
      return changeSetting(app, request.name, request.value);
    default:
      throw new Refusal('usage', { detail: 'unknown request' });
  }
}

async function exportCustomer(app: App, { key, by, reason }: Asked): Promise<Exported> {
  const client = await personsOf(asOwner(app), await subjectFor(asOwner(app), key));
  for (const subject of client) noteAccess(app, { who: atTheMachine(by), kind: 'exported', subject, reason });
  return exportedOf(app, client);
}

/** Without a reason nothing is erased: then it is what would be. */
async function eraseCustomer(
  app: App,
  { key, by, reason }: { key: string; by: string; reason: string | null },
) {
  const client = await personsOf(asOwner(app), await subjectFor(asOwner(app), key));
  const named = { customer: client[0].key, persons: client.map((one) => one.key) };
  if (reason === null) {
    const { rows, rejected } = await previewErasing(app, client);
    return { ...named, isDone: false, rows, rejected };
  }
  const noted = () => {
    for (const subject of client) noteAccess(app, { who: atTheMachine(by), kind: 'erased', subject, reason });
  };
  return { ...named, isDone: true, ...(await eraseSubject(app, client, noted)) };
}

type Asked = { key: string; by: string; reason: string };

function personNamed({ people }: App, name: string): Person {
  const person = people.named(name);
  if (person === undefined) throw new Refusal('unknown_person', { name });
  return person;
}

/** `expires` is as somebody wrote it, see lastDayIn. */
function addToken(
  { tokens, clock }: App,
  wish: Omit<TokenWish, 'expires'> & { expires: string },
): { token: Token; secret: string } {
  const now = clock();
  return tokens.add({ ...wish, expires: lastDayIn(wish.expires, now) }, now);
}

function invited({ links, clock }: App, person: Person, kind: LinkKind): Invited {
  return { person, path: `/join/${links.make(person.id, kind, clock()).secret}` };
}

function keepMapping({ mappings, clock }: App, source: string, mapping: Mapping): Mapping {
  mappings.keep(source, mapping, clock());
  return mapping;
}

function forgetMapping({ mappings }: App, source: string): null {
  mappings.forget(source);
  return null;
}

function readSettings({ settings }: App, name: string | undefined): Record<string, string> {
  if (name === undefined) return settings.all();
  const known = settingName(name);
  return { [known]: settings.get(known) };
}

async function waiting(
  app: App,
  { batch, page, size }: { batch: string; page: number; size: number },
): Promise<Waiting> {
  const entry = await batchOf(app.warehouse, batch);
  return { headers: entry.headers, ...(await openRecords(app.warehouse, entry, { page, size })) };
}
