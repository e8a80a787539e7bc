import { fail, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/errors/refusal.ts';
import { eraseSubject, previewErasing } from '#lib/server/customers/erase.ts';
import { notesNaming, viewsNaming } from '#lib/server/customers/known.ts';
import { asPerson, LONGEST_REASON, noteAccess, openUntilAll } from '#lib/server/customers/opening.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import { fileLink, numberOf } from '#lib/ui/customer-link.ts';
import { count } from '#lib/ui/numbers.ts';
import { word } from '#lib/words/word.ts';
import { ownStudio } from '../../../data/own-studio.ts';
import { textIn } from '../../../form-text.ts';
import { problemOf } from '../../../problem.ts';
import { orErrorPage } from '../../../refuse.ts';
import { personIn } from '../../person-viewer.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/**
 * What erasing a customer would change, and the form that does it: to whoever has their file open. Only in one's own data,
 * never in the sample's.
 */
export const load: PageServerLoad = (event) =>
  orErrorPage(event.locals.locale, async () => {
    const { app, drafts, client } = await ownClient(event);
    const [subject, ...others] = client;
    const { locale, viewer } = event.locals;
    const isOpen = openUntilAll(app, personIn(viewer), client) !== null;
    if (!isOpen) redirect(303, fileLink(subject.key));
    const { rows, rejected, contacts, names, telling } = await previewErasing(app, client);
    const told = [...contacts, ...names];
    const notes = notesNaming(app.notes.kept(), told);
    return {
      key: numberOf(subject.key),
      link: fileLink(subject.key),
      longest: LONGEST_REASON,
      lists: rows.map(({ table, records }) => ({
        name: word(locale, `data.table.${table}`),
        records: count(locale, records),
      })),
      rejected: rejected === 0 ? null : count(locale, rejected),
      others: others.map(({ key }) => numberOf(key)),
      contacts,
      telling,
      drafts: drafts.all().length,
      notes: notes.map(({ id, text }) => ({ id, text })),
      views: viewsNaming(app.views.kept(), told).map(({ name, author }) => ({ name, author })),
    };
  });

export const actions: Actions = {
  /** Erases the client once their number has been typed. */
  default: async (event) => {
    const { request, locals } = event;
    const form = await request.formData();
    const [typed, reason] = [textIn(form, 'typed').trim(), textIn(form, 'reason')];
    const done = await orErrorPage(locals.locale, async () => {
      const { app, client } = await ownClient(event);
      const [subject] = client;
      try {
        const key = numberOf(subject.key);
        if (typed !== key) throw new Refusal('not_confirmed', { key });
        const who = asPerson(personIn(locals.viewer));
        await eraseSubject(app, client, () => {
          for (const one of client) noteAccess(app, { who, kind: 'erased', subject: one, reason });
        });
        return { key: subject.key, problem: null };
      } catch (error) {
        return { key: subject.key, problem: problemOf(error, locals.locale) };
      }
    });
    if (done.problem !== null) return fail(done.problem.status, { problem: done.problem, typed, reason });
    redirect(303, fileLink(done.key));
  },
};

/** The client of the address in the owner's own data. Throws Refusal sample_only, unknown_customer. */
async function ownClient({
  params: { id },
  locals: { own, viewer },
}: Pick<RequestEvent, 'params' | 'locals'>) {
  const { app, drafts } = ownStudio(own);
  const asker = { warehouse: app.warehouse, viewer };
  return { app, drafts, client: await personsOf(asker, await subjectFor(asker, id)) };
}
