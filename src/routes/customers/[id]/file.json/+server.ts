import { Refusal } from '#lib/errors/refusal.ts';
import { exportedOf } from '#lib/server/customers/exported.ts';
import { asPerson, noteAccess, OPEN_MINUTES, openUntilAll } from '#lib/server/customers/opening.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import { word } from '#lib/words/word.ts';
import { refused } from '../../../api/refused.server.ts';
import { personIn } from '../../person-viewer.server.ts';
import type { RequestHandler } from './$types';

/** What is held on a client, to be handed to them: only while their file is open, and noted of everybody in it. */
export const GET: RequestHandler = async ({ params: { id }, locals: { app, asker, viewer, locale } }) => {
  try {
    const client = await personsOf(asker, await subjectFor(asker, id));
    const person = personIn(viewer);
    if (openUntilAll(app, person, client) === null)
      throw new Refusal('not_opened', { minutes: OPEN_MINUTES });
    const reason = word(locale, 'customer.export.reason');
    for (const subject of client)
      noteAccess(app, { who: asPerson(person), kind: 'exported', subject, reason });
    return new Response(`${JSON.stringify(await exportedOf(app, client), null, 2)}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="customer.json"',
        'cache-control': 'private, no-store',
      },
    });
  } catch (error) {
    return refused(error, locale);
  }
};
