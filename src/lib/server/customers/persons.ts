import { Refusal } from '#lib/errors/refusal.ts';
import type { Asker } from '../reports/ask.ts';
import { subjectFor } from './subject.ts';
import type { Client, Subject } from './subject.ts';

/**
 * All persons that are the same client as a subject (see the model client_links), the subject first: each as far as the
 * viewer may see them, and whom the viewer may not see at all not. A subject that is nobody else stands alone.
 */
export async function personsOf(asker: Asker, subject: Subject): Promise<Client> {
  const others = await asker.warehouse.query<{ id: string }>(OTHERS, { key: subject.key });
  const found: [Subject, ...Subject[]] = [subject];
  for (const { id } of others) {
    const other = await seen(asker, id);
    if (other !== null && found.every(({ key }) => key !== other.key)) found.push(other);
  }
  return found;
}

async function seen(asker: Asker, id: string): Promise<Subject | null> {
  try {
    return await subjectFor(asker, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unknown_customer') return null;
    throw error;
  }
}

const OTHERS = `
  with client as (
    select coalesce(max(k.client_id), $key::varchar) as client_id from client_links k where k.person_id = $key::varchar
  ),
  persons as (
    select c.client_id as id from client c
    union
    select k.person_id as id from client_links k join client c on c.client_id = k.client_id
  )
  select p.id as id from persons p where p.id <> $key::varchar order by p.id`;
