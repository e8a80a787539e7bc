import { fail, redirect } from '@sveltejs/kit';
import type { PersonViewer, Viewer } from '#lib/access/viewer.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { App } from '#lib/server/app.ts';
import { LONGEST_NOTE } from '#lib/server/notes/notes.ts';
import type { ReadNote } from '#lib/server/notes/notes.ts';
import type { NoteStores } from '#lib/server/notes/readers.ts';
import { dataSpan } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { textIn } from '../form-text.ts';
import { ownPath } from '../own-path.ts';
import { orErrorPage } from '../refuse.ts';
import { storesOf } from '../stores.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** The notes that one reads, the newest week first, the one that `?edit=` names, and for whom one may write. */
export const load: PageServerLoad = ({ url, locals: { app, viewer, locale } }) =>
  orErrorPage(locale, async () => {
    const { notes } = app;
    const named = url.searchParams.get('edit');
    const edited = named === null ? null : notes.get(viewer, Number(named));
    if (edited?.mayChange === false) throw new Refusal('not_your_note', {});
    const circles = await circlesOf(app, viewer);
    const own = edited && circles.every((one) => scopeOf(one) !== scopeOf(edited.stores));
    return {
      longest: LONGEST_NOTE,
      notes: notes
        .all(viewer)
        .toReversed()
        .map((note) => noteView(locale, note)),
      edited: edited && { ...noteView(locale, edited), scope: scopeOf(edited.stores) },
      circles: [...circles, ...(own ? [edited.stores] : [])].map((stores) => ({
        scope: scopeOf(stores),
        words: readersWords(locale, stores),
      })),
      week: url.searchParams.get('week') ?? (await lastWeek(app)),
    };
  });

/** Each returns to `back`, else to the list; a refusal shows the form again with what was written. */
export const actions: Actions = {
  add: (event) =>
    answered(event, ({ notes }, viewer, { week, text, scope }) =>
      notes.add(viewer, { day: week, text, stores: storesIn(scope) ?? null }),
    ),
  change: (event) =>
    answered(event, ({ notes }, viewer, { id, week, text, scope }) => {
      const stores = storesIn(scope);
      return notes.change(viewer, id, { day: week, text, ...(stores === undefined ? {} : { stores }) });
    }),
  remove: (event) => answered(event, ({ notes }, viewer, { id }) => notes.remove(viewer, id)),
};

type Written = { id: number; week: string; text: string; scope: string };

async function answered(event: RequestEvent, act: (app: App, viewer: Viewer, written: Written) => unknown) {
  const { request, url, locals } = event;
  const form = await request.formData();
  const written = {
    id: Number(textIn(form, 'id')),
    week: textIn(form, 'week'),
    text: textIn(form, 'text'),
    scope: textIn(form, 'scope'),
  };
  try {
    act(locals.app, locals.viewer, written);
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.status >= 500) throw failure;
    const { message, remedy } = explain(failure, locals.locale, 'page');
    return fail(failure.status, { ...written, message, remedy });
  }
  redirect(303, ownPath(form.get('back'), url.origin, '/notes'));
}

/** How a form writes for whom a note is: a list of stores as JSON, `house` for everybody of the office. */
const HOUSE = 'house';
const scopeOf = (stores: NoteStores): string => (stores === null ? HOUSE : JSON.stringify(stores));

/** For whom a form says that a note is; undefined where it does not say. Throws Refusal not_for_you. */
function storesIn(scope: string): NoteStores | undefined {
  if (scope === '') return undefined;
  if (scope === HOUSE) return null;
  try {
    const stores: unknown = JSON.parse(scope);
    if (Array.isArray(stores) && stores.length > 0) return stores.map(String);
  } catch {
    // Answered below like everything else that no form of ours sends.
  }
  throw new Refusal('not_for_you', {});
}

/** For whom somebody may write, the most first. */
async function circlesOf(app: App, viewer: Viewer): Promise<NoteStores[]> {
  const person = viewer as PersonViewer;
  if (person.role === 'marketer') return [null];
  const stores = person.role === 'manager' ? person.stores : await storesOf(app);
  const widest = person.role === 'manager' ? (stores.length > 1 ? [stores] : []) : [null];
  return [...widest, ...stores.map((store) => [store])];
}

function noteView(locale: Locale, { id, week, lastDay, text, stores, author, mayChange }: ReadNote) {
  return {
    id,
    week,
    lastDay,
    text,
    mayChange,
    by: author?.name ?? '',
    readers: readersWords(locale, stores),
  };
}

function readersWords(locale: Locale, stores: NoteStores): string {
  return stores === null ? word(locale, 'notes.house') : stores.join(word(locale, 'role.join'));
}

async function lastWeek(app: App): Promise<string> {
  const [span] = (await dataSpan(app, {})).rows;
  return span?.last_week ?? span?.running_week ?? '';
}
