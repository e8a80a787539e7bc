import { fail, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { isReady } from '#lib/server/import/drafts/draft.ts';
import { namesInWarehouse } from '#lib/server/import/stage/known-names.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { orErrorPage } from '../../../refuse.ts';
import { tableChoices } from '../../table-names.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { fileView } from './file-view.server.ts';
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
      tables: tableChoices(locale),
      ready: draft.files.every(isReady),
    };
  });
  if (job !== null) redirect(303, `/data/imports/${job}`);
  return shown;
};

export const actions: Actions = {
  /** Reads the files anew as the form says. */
  change: async ({ params: { id }, request, locals: { own, locale } }) => {
    await orErrorPage(locale, async () => decide(ownStudio(own), id, await request.formData()));
    redirect(303, `/data/drafts/${id}`);
  },

  /** Removes one file; the last one takes the draft with it. */
  leave: async ({ params: { id }, request, locals: { own, locale } }) => {
    const rest = await orErrorPage(locale, async () => {
      const name = (await request.formData()).get('file');
      return ownStudio(own).drafts.leaveOut(id, typeof name === 'string' ? name : '');
    });
    redirect(303, rest === null ? '/data' : `/data/drafts/${id}`);
  },

  /** Imports the files as the form says. With `live` the answer comes at once, so that a script can watch. */
  import: async ({ params: { id }, request, locals: { own, locale } }) => {
    const studio = await orErrorPage(locale, async () => ownStudio(own));
    const form = await request.formData();
    let job: string;
    try {
      await decide(studio, id, form);
      ({ id: job } = await studio.drafts.import(id));
    } catch (failure) {
      if (!(failure instanceof Refusal) || failure.code !== 'draft_not_ready') throw failure;
      const { message, remedy } = explain(failure, locale, 'page');
      return fail(failure.status, { message, remedy });
    }
    if (!form.has('live')) await studio.imports.ended(job);
    redirect(303, `/data/imports/${job}`);
  },
};

function ownStudio(own: Own | null): Own {
  if (own === null) throw new Refusal('sample_only', {});
  return own;
}

const decide = ({ drafts }: Own, id: string, form: FormData) =>
  drafts.decide(id, wishesIn(form, drafts.find(id)));
