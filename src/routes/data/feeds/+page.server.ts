import { fail, redirect } from '@sveltejs/kit';
import { explain } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { visible } from '#lib/exports/visible.ts';
import type { FeedState } from '#lib/server/pull/feeds.ts';
import { pull, tryFeed } from '#lib/server/pull/pull.ts';
import { realWorld } from '#lib/server/pull/schedule.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { orErrorPage } from '../../refuse.ts';
import { moment } from '../moment.ts';
import { tableChoices, tableName } from '../table-names.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { feedIn, times } from './feed-form.ts';

/** Lists that are fetched by themselves: how each stands, and the form for another one. */
export const load: PageServerLoad = ({ locals: { own, locale } }) =>
  orErrorPage(locale, async () => {
    const { app } = studioOf(own);
    const zone = app.settings.get('time_zone');
    return {
      feeds: app.feeds.all().map((state) => feedView(locale, zone, state)),
      tables: tableChoices(locale),
      times: times.map(({ name, schedule }) => ({ schedule, label: word(locale, `feeds.time.${name}`) })),
    };
  });

export const actions: Actions = {
  /** Keeps a feed as the form describes it. */
  put: (event) =>
    answered(event, async ({ app }, form) => {
      app.feeds.put(feedIn(form));
      return null;
    }),
  /** Asks a feed once and imports nothing. */
  try: (event) =>
    answered(event, async ({ app }, form, signal) => {
      const tried = await tryFeed(app, nameIn(form), realWorld, signal);
      return {
        name: nameIn(form),
        columns: tried.headers.map((header, at) => ({
          header: visible(header),
          first: visible(tried.first[at] ?? ''),
        })),
      };
    }),
  /** Asks a feed for what is new and imports it. */
  run: (event) =>
    answered(event, async ({ app }, form, signal) => {
      await pull(app, nameIn(form), realWorld, signal);
      return null;
    }),
  remove: (event) =>
    answered(event, async ({ app }, form) => {
      app.feeds.remove(nameIn(form));
      return null;
    }),
};

type Tried = { name: string; columns: { header: string; first: string }[] };
type Work = (own: Own, form: FormData, signal: AbortSignal) => Promise<Tried | null>;

async function answered({ request, locals: { own, locale } }: RequestEvent, work: Work) {
  let tried: Tried | null;
  try {
    tried = await work(studioOf(own), await request.formData(), request.signal);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'internal') throw error;
    const { code, message, remedy } = explain(error, locale, 'page');
    return fail(error.status, { problem: { code, message, remedy }, tried: null });
  }
  if (tried !== null) return { problem: null, tried };
  redirect(303, '/data/feeds');
}

function studioOf(own: Own | null): Own {
  if (own === null) throw new Refusal('sample_only', {});
  return own;
}

const nameIn = (form: FormData): string => String(form.get('name') ?? '');

function feedView(locale: Locale, zone: string, state: FeedState) {
  const time = times.find(({ schedule }) => schedule === (state.schedule ?? ''));
  return {
    name: state.name,
    place: visible(state.place),
    list: state.table === null ? word(locale, 'feeds.list.by_headers') : tableName(locale, state.table),
    refused: state.refused_files.map(({ file, code }) => ({ file: visible(file), code })),
    time: time ? word(locale, `feeds.time.${time.name}`) : (state.schedule ?? ''),
    last:
      state.last_run_at === null
        ? null
        : {
            when: moment(locale, zone, state.last_run_at.replace('Z', '')),
            read: state.last_read === null ? null : count(locale, state.last_read),
            problem: state.last_outcome === 'done' ? null : (state.last_outcome ?? ''),
          },
  };
}
