import { fail, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/errors/refusal.ts';
import { mayRead } from '#lib/server/access/may.ts';
import { partPersons } from '#lib/server/clients/part.ts';
import { heldOnClient } from '#lib/server/customers/held.ts';
import {
  asPerson,
  LONGEST_REASON,
  noteAccess,
  OPEN_MINUTES,
  openUntilAll,
} from '#lib/server/customers/opening.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import type { Client } from '#lib/server/customers/subject.ts';
import { fileLink, numberOf } from '#lib/ui/customer-link.ts';
import { moment } from '../../data/moment.ts';
import { textIn } from '../../form-text.ts';
import { problemOf } from '../../problem.ts';
import { orErrorPage } from '../../refuse.ts';
import { personIn } from '../person-viewer.server.ts';
import { broughtBy, entryView, headView } from './file-view.server.ts';
import { pathLine } from './path-line.server.ts';
import { standingOf } from './standing.server.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * The file of a client: of everybody in the lists who is the same as the one that is named, as far as the reader may see
 * them, once the reader has said why they open it; before that, the question why.
 */
export const load: PageServerLoad = ({ params: { id }, locals }) =>
  orErrorPage(locals.locale, async () => {
    const { app, asker, viewer, own } = locals;
    const subject = await subjectFor(asker, id);
    const persons = await personsOf(asker, subject);
    const until = openUntilAll(app, personIn(viewer), persons);
    const isOwn = own !== null && own.app === app;
    return {
      key: numberOf(subject.key),
      link: fileLink(subject.key),
      minutes: OPEN_MINUTES,
      longest: LONGEST_REASON,
      isOwner: mayRead(viewer, '/customers/[id]/erase'),
      mayErase: isOwn,
      mayPart: isOwn && mayRead(viewer, '/clients/matches'),
      file: until === null ? null : await fileOf(locals, persons, until),
    };
  });

export const actions: Actions = {
  /** Notes who opens the file and why, for everybody whom it shows, and opens it. */
  open: async ({ params: { id }, request, locals: { app, asker, viewer, locale } }) => {
    const reason = textIn(await request.formData(), 'reason');
    const opened = await orErrorPage(locale, async () => {
      const subject = await subjectFor(asker, id);
      const persons = await personsOf(asker, subject);
      try {
        for (const one of persons)
          noteAccess(app, { who: asPerson(personIn(viewer)), kind: 'opened', subject: one, reason });
        return { key: subject.key, problem: null };
      } catch (error) {
        return { key: subject.key, problem: problemOf(error, locale) };
      }
    });
    if (opened.problem !== null) return fail(opened.problem.status, { problem: opened.problem, reason });
    redirect(303, fileLink(opened.key));
  },
  /** Says that somebody whom the file shows is a different client. */
  part: async ({ params: { id }, request, locals: { app, own, asker, locale } }) => {
    const other = textIn(await request.formData(), 'other');
    const parted = await orErrorPage(locale, async () => {
      const subject = await subjectFor(asker, id);
      try {
        if (own === null || own.app !== app) throw new Refusal('sample_only', {});
        await partPersons(app, asker, subject, other);
        return { key: subject.key, problem: null };
      } catch (error) {
        return { key: subject.key, problem: problemOf(error, locale) };
      }
    });
    if (parted.problem !== null) return fail(parted.problem.status, { problem: parted.problem, reason: '' });
    redirect(303, fileLink(parted.key));
  },
};

async function fileOf(
  { app, asker, locale }: Pick<App.Locals, 'app' | 'asker' | 'locale'>,
  persons: Client,
  until: Date,
) {
  const { warehouse, settings } = app;
  const records = await heldOnClient(warehouse, persons);
  const names = await warehouse.query<{ staff_id: string; name: string }>(
    'select s.staff_id as staff_id, s.name as name from exports.staff s where s.name is not null',
  );
  const staff = new Map(names.map(({ staff_id, name }) => [staff_id, name]));
  const reader = { locale, currency: settings.get('currency') };
  return {
    head: headView(records),
    standing: await standingOf(asker, reader, persons[0].key),
    path: pathLine(locale, records),
    persons: persons.map(({ key }) => ({ key, number: numberOf(key), href: fileLink(key) })),
    broughtBy: broughtBy(records),
    brought: records
      .filter(({ list }) => list === 'referred')
      .map(({ fields }) => ({
        number: fields['lead_id'] ?? '',
        href: fileLink(`L:${fields['lead_id'] ?? ''}`),
      })),
    entries: records.map((record) => ({
      ...entryView(reader, staff, record),
      of: persons.length > 1 ? numberOf(record.of) : null,
    })),
    until: moment(locale, settings.get('time_zone'), until.toISOString().slice(0, 19)),
  };
}
