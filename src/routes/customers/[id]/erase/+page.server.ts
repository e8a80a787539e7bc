import { fail, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/errors/refusal.ts';
import { eraseSubject, previewErasing } from '#lib/server/customers/erase.ts';
import { notesNaming } from '#lib/server/customers/known.ts';
import { asPerson, LONGEST_REASON, noteAccess, openUntil } from '#lib/server/customers/opening.ts';
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
    const { app, drafts, subject } = await ownSubject(event);
    const { locale, viewer } = event.locals;
    const isOpen = openUntil(app, personIn(viewer), subject) !== null;
    if (!isOpen) redirect(303, fileLink(subject.key));
    const { rows, rejected, contacts, names, telling } = await previewErasing(app, subject);
    const notes = notesNaming(app.notes.kept(), [...contacts, ...names]);
    return {
      key: numberOf(subject.key),
      link: fileLink(subject.key),
      longest: LONGEST_REASON,
      lists: rows.map(({ table, records }) => ({
        name: word(locale, `data.table.${table}`),
        records: count(locale, records),
      })),
      rejected: rejected === 0 ? null : count(locale, rejected),
      contacts,
      telling,
      drafts: drafts.all().length,
      notes: notes.map(({ id, text }) => ({ id, text })),
    };
  });

export const actions: Actions = {
  /** Erases the customer once their number has been typed. */
  default: async (event) => {
    const { request, locals } = event;
    const form = await request.formData();
    const [typed, reason] = [textIn(form, 'typed').trim(), textIn(form, 'reason')];
    const done = await orErrorPage(locals.locale, async () => {
      const { app, subject } = await ownSubject(event);
      try {
        const key = numberOf(subject.key);
        if (typed !== key) throw new Refusal('not_confirmed', { key });
        const who = asPerson(personIn(locals.viewer));
        await eraseSubject(app, subject, () => noteAccess(app, { who, kind: 'erased', subject, reason }));
        return { key: subject.key, problem: null };
      } catch (error) {
        return { key: subject.key, problem: problemOf(error, locals.locale) };
      }
    });
    if (done.problem !== null) return fail(done.problem.status, { problem: done.problem, typed, reason });
    redirect(303, fileLink(done.key));
  },
};

/** The customer of the address in the owner's own data. Throws Refusal sample_only, unknown_customer. */
async function ownSubject({
  params: { id },
  locals: { own, viewer },
}: Pick<RequestEvent, 'params' | 'locals'>) {
  const { app, drafts } = ownStudio(own);
  return { app, drafts, subject: await subjectFor({ warehouse: app.warehouse, viewer }, id) };
}
