import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../app.ts';
import { inTurn } from '../import/turns.ts';
import { tried } from '../warehouse/tried.ts';
import type { Transaction } from '../warehouse/warehouse.ts';
import { eraseAndRebuild, eraseListed } from './erase-listed.ts';
import type { Erased } from './erase-listed.ts';
import { contactsIn, knownBy } from './known.ts';
import type { Known } from './known.ts';
import type { Client } from './subject.ts';

/**
 * What erasing somebody would change, and under which telephones and WeChat names they would be known again; `telling` are
 * numbers of theirs that are contacts themselves, which stay because records are tied together by them.
 */
export type Preview = Erased & { contacts: string[]; names: string[]; telling: string[] };

/** What erasing a client would change; nothing changes. Throws Refusal erased_key_lost. */
export async function previewErasing(app: App, client: Client): Promise<Preview> {
  return tried(app.warehouse, async (transaction) => {
    const { those, keys, names, called } = await knownForErasing(app, transaction, client);
    const erased = await eraseListed(transaction, those, keys);
    const telling = await transaction.query<{ id: string }>(TELLING, {
      ids: [...new Set([...(names.customer ?? []), ...(names.lead ?? []), ...(names.order ?? [])])],
    });
    const contacts = contactsIn(names);
    return { ...erased, contacts, names: called, telling: telling.map(({ id }) => id) };
  });
}

const TELLING = `
  select i.id as id from (select unnest($ids::varchar[]) as id) i
  where holds_contact(i.id)
  order by i.id`;

/**
 * Erases a client, everybody who is one: what names them becomes a pseudonym in every record of every import, files that wait to be imported go,
 * and whatever a later import brings of them comes in under the same pseudonyms. What they did still counts.
 * `noted` is called before anything changes. Throws Refusal erased_key_lost, what `noted` throws.
 */
export async function eraseSubject(app: App, client: Client, noted: () => void): Promise<Erased> {
  return inTurn(app.warehouse, async () => {
    const { warehouse, erased: list, clock } = app;
    const done = await warehouse.write(async (transaction) => {
      const { keys, those } = await knownForErasing(app, transaction, client);
      noted();
      list.add(those.all(), those.probe(), clock());
      return eraseAndRebuild(transaction, list, those, keys);
    });
    await list.erased();
    return done;
  });
}

/** How somebody is known, to be put on the list of the erased. Throws Refusal erased_key_lost. */
async function knownForErasing(app: App, transaction: Transaction, client: Client): Promise<Known> {
  const known = await knownBy(app, transaction, client);
  const before = app.erased.probe();
  if (before !== undefined && before.hash !== known.those.probe().hash)
    throw new Refusal('erased_key_lost', {});
  return known;
}
