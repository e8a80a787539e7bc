import { fail, redirect } from '@sveltejs/kit';
import { mayRead } from '#lib/server/access/may.ts';
import type { App } from '#lib/server/app.ts';
import { heldOn } from '#lib/server/customers/held.ts';
import { idsOf } from '#lib/server/customers/ids.ts';
import {
  asPerson,
  LONGEST_REASON,
  noteAccess,
  OPEN_MINUTES,
  openUntil,
} from '#lib/server/customers/opening.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import type { Subject } from '#lib/server/customers/subject.ts';
import { fileLink, numberOf } from '#lib/ui/customer-link.ts';
import type { Locale } from '#lib/words/locale.ts';
import { moment } from '../../data/moment.ts';
import { textIn } from '../../form-text.ts';
import { problemOf } from '../../problem.ts';
import { orErrorPage } from '../../refuse.ts';
import { personIn } from '../person-viewer.server.ts';
import { entryView, headView } from './file-view.server.ts';
import type { Actions, PageServerLoad } from './$types';

/** A customer's file, once its reader has said why they open it; before that, the question why. */
export const load: PageServerLoad = ({ params: { id }, locals }) =>
  orErrorPage(locals.locale, async () => {
    const { app, asker, locale, viewer, own } = locals;
    const subject = await subjectFor(asker, id);
    const until = openUntil(app, personIn(viewer), subject);
    return {
      key: numberOf(subject.key),
      link: fileLink(subject.key),
      minutes: OPEN_MINUTES,
      longest: LONGEST_REASON,
      isOwner: mayRead(viewer, '/customers/[id]/erase'),
      mayErase: own !== null && own.app === app,
      file: until === null ? null : await fileOf(app, locale, subject, until),
    };
  });

export const actions: Actions = {
  /** Notes who opens the file and why, and opens it. */
  open: async ({ params: { id }, request, locals: { app, asker, viewer, locale } }) => {
    const reason = textIn(await request.formData(), 'reason');
    const opened = await orErrorPage(locale, async () => {
      const subject = await subjectFor(asker, id);
      try {
        noteAccess(app, { who: asPerson(personIn(viewer)), kind: 'opened', subject, reason });
        return { key: subject.key, problem: null };
      } catch (error) {
        return { key: subject.key, problem: problemOf(error, locale) };
      }
    });
    if (opened.problem !== null) return fail(opened.problem.status, { problem: opened.problem, reason });
    redirect(303, fileLink(opened.key));
  },
};

async function fileOf(app: App, locale: Locale, subject: Subject, until: Date) {
  const { warehouse, settings } = app;
  const held = await heldOn(warehouse, subject, await idsOf(warehouse, subject));
  const names = await warehouse.query<{ staff_id: string; name: string }>(
    'select s.staff_id as staff_id, s.name as name from exports.staff s where s.name is not null',
  );
  const staff = new Map(names.map(({ staff_id, name }) => [staff_id, name]));
  const reader = { locale, currency: settings.get('currency') };
  return {
    head: headView(held),
    entries: held.map((one) => entryView(reader, staff, one)),
    until: moment(locale, settings.get('time_zone'), until.toISOString().slice(0, 19)),
  };
}
