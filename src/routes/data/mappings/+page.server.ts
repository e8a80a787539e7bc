import { fail, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { readMapping } from '#lib/exports/mapping.ts';
import { kindOfFile } from '#lib/server/mappings/mappings.ts';
import type { App } from '#lib/server/app.ts';
import { orErrorPage } from '../../refuse.ts';
import { ownStudio } from '../own-studio.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { mappingView } from './mapping-view.server.ts';

/** What was decided for files, one part for each kind of them. */
export const load: PageServerLoad = ({ locals: { own, locale } }) =>
  orErrorPage(locale, async () => {
    const { app } = ownStudio(own);
    const zone = app.settings.get('time_zone');
    return { mappings: app.mappings.all().map((kept) => mappingView(locale, zone, kept)) };
  });

export const actions: Actions = {
  /** Leaves the files of a kind to their headers again. */
  forget: (event) => answered(event, async ({ mappings }, form) => mappings.forget(textIn(form, 'source'))),

  /** Keeps what a file says for the files that are called so; without a name for those called like the file itself. */
  put: (event) =>
    answered(event, async ({ mappings, clock }, form) => {
      const file = form.get('file');
      if (!(file instanceof File) || file.size === 0) throw new Refusal('nothing_uploaded', {});
      const mapping = file.size > LARGEST ? undefined : readMapping(await file.text());
      if (mapping === undefined) throw new Refusal('bad_mapping_file', { file: file.name });
      const name = textIn(form, 'name').trim() || file.name.replace(/\.json$/i, '');
      mappings.keep(kindOfFile(name), mapping, clock());
    }),
};

/** No mapping is larger: twenty lists of as many columns as are read. */
const LARGEST = 4_000_000;

async function answered(
  { request, locals: { own, locale } }: RequestEvent,
  work: (app: App, form: FormData) => Promise<void>,
) {
  try {
    await work(ownStudio(own).app, await request.formData());
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.code === 'internal') throw failure;
    const { code, message, remedy } = explain(failure, locale, 'page');
    return fail(failure.status, { code, message, remedy });
  }
  redirect(303, '/data/mappings');
}

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};
