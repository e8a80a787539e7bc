import { fail, redirect } from '@sveltejs/kit';
import { nameOf } from '#lib/access/viewer.ts';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { isReady } from '#lib/server/import/drafts/draft.ts';
import { namesInWarehouse } from '#lib/server/import/stage/known-names.ts';
import { orErrorPage } from '../../../refuse.ts';
import { bringView } from '../../bring.server.ts';
import { ownStudio } from '../../own-studio.ts';
import { received } from '../../receive.server.ts';
import { tableChoices } from '../../table-names.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { fileView } from './file-view.server.ts';
import { asideView } from './aside-view.server.ts';
import { wishesIn } from './wishes.server.ts';

/** Files before their import: how each was read, what it is taken for, and what would become of its records. */
export const load: PageServerLoad = async ({ params: { id }, locals: { own, locale } }) => {
  const { job, ...shown } = await orErrorPage(locale, async () => {
    const { app, drafts } = ownStudio(own);
    const draft = drafts.find(id);
    const { stores } = await namesInWarehouse(app.warehouse);
    const around = { stores: new Set(stores), currency: app.settings.get('currency') };
    return {
      job: draft.job,
      files: draft.files.map((file) => fileView(locale, file, around)),
      aside: asideView(locale, draft),
      tables: tableChoices(locale),
      ready: draft.files.every(isReady),
      going: draft.files.some(({ going }) => going !== null),
      bring: bringView(own, locale, id),
    };
  });
  if (job !== null) redirect(303, `/data/imports/${job}`);
  return shown;
};

export const actions: Actions = {
  /** Reads the files anew as the form says. With `live` the answer comes at once, so that a script can watch. */
  change: async ({ params: { id }, request, locals: { own, locale } }) => {
    const form = await request.formData();
    await orErrorPage(locale, async () => {
      const { drafts } = ownStudio(own);
      await drafts.decide(id, (draft) => wishesIn(form, draft));
      if (!form.has('live')) await drafts.settled(id);
    });
    if (!form.has('live')) redirect(303, `/data/drafts/${id}`);
  },

  /** Takes in more files. */
  add: async ({ params: { id }, request, locals: { own, locale } }) => {
    try {
      const studio = ownStudio(own);
      await studio.drafts.append(id, await received(studio, request, locale));
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.code === 'internal') throw failure;
      const { message, remedy } = explain(failure, locale, 'page');
      return fail(failure.status, { message, remedy });
    }
    redirect(303, `/data/drafts/${id}`);
  },

  /** Takes in a list of an archive or a workbook that was set aside. */
  take: async ({ params: { id }, request, locals: { own, locale } }) => {
    const form = await request.formData();
    await orErrorPage(locale, async () => ownStudio(own).drafts.takeIn(id, textIn(form, 'aside')));
    if (!form.has('live')) redirect(303, `/data/drafts/${id}`);
  },

  /** Removes one file; the last one takes the draft with it. */
  leave: async ({ params: { id }, request, locals: { own, locale } }) => {
    const form = await request.formData();
    const rest = await orErrorPage(locale, async () => ownStudio(own).drafts.leaveOut(id, fileIn(form)));
    if (rest === null) redirect(303, '/data');
    if (!form.has('live')) redirect(303, `/data/drafts/${id}`);
  },

  /** Stops reading all of a file. */
  hurry: async ({ params: { id }, request, locals: { own, locale } }) => {
    const form = await request.formData();
    await orErrorPage(locale, async () => ownStudio(own).drafts.hurry(id, fileIn(form)));
    if (!form.has('live')) redirect(303, `/data/drafts/${id}`);
  },

  /** Reads all of a file, however large it is. */
  whole: async ({ params: { id }, request, locals: { own, locale } }) => {
    const form = await request.formData();
    await orErrorPage(locale, async () => ownStudio(own).drafts.readWhole(id, fileIn(form)));
    if (!form.has('live')) redirect(303, `/data/drafts/${id}`);
  },

  /** Imports the files as the form says. With `live` the answer comes at once, so that a script can watch. */
  import: async ({ params: { id }, request, locals: { own, viewer, locale } }) => {
    const { drafts, imports } = await orErrorPage(locale, async () => ownStudio(own));
    const form = await request.formData();
    let job: string;
    try {
      await drafts.decide(id, (draft) => wishesIn(form, draft));
      await drafts.settled(id);
      ({ id: job } = await drafts.import(id, nameOf(viewer)));
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.code !== 'draft_not_ready')
        return orErrorPage(locale, () => Promise.reject(failure));
      const { message, remedy } = explain(failure, locale, 'page');
      return fail(failure.status, { message, remedy });
    }
    if (!form.has('live')) await imports.ended(job);
    redirect(303, `/data/imports/${job}`);
  },
};

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

const fileIn = (form: FormData): string => textIn(form, 'file');
