import { fail, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/errors/refusal.ts';
import { mayRead } from '#lib/server/access/may.ts';
import { partPersons } from '#lib/server/clients/part.ts';
import { heldOn } from '#lib/server/customers/held.ts';
import type { Held } from '#lib/server/customers/held.ts';
import { idsOf } from '#lib/server/customers/ids.ts';
import {
  asPerson,
  LONGEST_REASON,
  noteAccess,
  OPEN_MINUTES,
  openUntil,
} from '#lib/server/customers/opening.ts';
import { personsOf } from '#lib/server/customers/persons.ts';
import { subjectFor } from '#lib/server/customers/subject.ts';
import type { Subject } from '#lib/server/customers/subject.ts';
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
    const until = openToAll(persons.map((one) => openUntil(app, personIn(viewer), one)));
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

/** A file is open while everybody in it is: until the first of them closes. */
function openToAll(ends: readonly (Date | null)[]): Date | null {
  const open = ends.filter((end) => end !== null);
  const [first] = open.toSorted((a, b) => a.getTime() - b.getTime());
  return open.length < ends.length ? null : (first ?? null);
}

async function fileOf(
  { app, asker, locale }: Pick<App.Locals, 'app' | 'asker' | 'locale'>,
  persons: readonly Subject[],
  until: Date,
) {
  const { warehouse, settings } = app;
  const held: { key: string; one: Held }[] = [];
  const seen = new Set<string>();
  for (const subject of persons)
    for (const one of await heldOn(warehouse, subject, await idsOf(warehouse, subject))) {
      const record = `${one.list} ${one.batch} ${one.line}`;
      if (!seen.has(record)) held.push({ key: subject.key, one });
      seen.add(record);
    }
  const all = held.toSorted((a, b) => byTime(a.one.at, b.one.at));
  const records = all.map(({ one }) => one);
  const names = await warehouse.query<{ staff_id: string; name: string }>(
    'select s.staff_id as staff_id, s.name as name from exports.staff s where s.name is not null',
  );
  const staff = new Map(names.map(({ staff_id, name }) => [staff_id, name]));
  const reader = { locale, currency: settings.get('currency') };
  return {
    head: headView(records),
    standing: await standingOf(asker, reader, persons[0]?.key ?? ''),
    path: pathLine(locale, records),
    persons: persons.map(({ key }) => ({ key, number: numberOf(key), href: fileLink(key) })),
    broughtBy: broughtBy(records),
    brought: records
      .filter(({ list }) => list === 'referred')
      .map(({ fields }) => ({
        number: fields['lead_id'] ?? '',
        href: fileLink(`L:${fields['lead_id'] ?? ''}`),
      })),
    entries: all.map(({ key, one }) => ({
      ...entryView(reader, staff, one),
      of: persons.length > 1 ? numberOf(key) : null,
    })),
    until: moment(locale, settings.get('time_zone'), until.toISOString().slice(0, 19)),
  };
}

/** The oldest first, what has no time before it. */
const byTime = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1;
