import { nameOf } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '../app.ts';
import { personsOf } from '../customers/persons.ts';
import type { Subject } from '../customers/subject.ts';
import type { Asker } from '../reports/ask.ts';
import { enterDecision } from './decide.ts';

/**
 * Says that somebody who counts as the same client as a subject is another, both being shown to the viewer.
 * Returns the batch of the decision. Throws Refusal unknown_match, what `enterDecision` throws.
 */
export async function partPersons(app: App, asker: Asker, subject: Subject, other: string): Promise<number> {
  const [, ...others] = await personsOf(asker, subject);
  if (others.every(({ key }) => key !== other)) throw new Refusal('unknown_match', {});
  return enterDecision(app, {
    one: subject.key,
    other,
    decision: 'different',
    by: nameOf(asker.viewer),
  });
}
