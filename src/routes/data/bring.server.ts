import { visible } from '#lib/exports/visible.ts';
import { uploadLimit } from '#lib/server/import/staging.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { moment } from './moment.ts';

/** What the form for files needs: how much may come at once, and the files that wait already. */
export type BringView = {
  /** Bytes. */
  limit: number;
  /** What a text that was pasted is called. */
  pasted: string;
  drafts: { id: string; files: string[]; since: string }[];
  /** Where the form goes: to a new draft, or to one that more files are added to. */
  to: string;
};

/** Of the page Data, or of a draft's own page; null where only the sample is open, which takes no lists. */
export function bringView(own: Own | null, locale: Locale, draft?: string): BringView | null {
  if (own === null) return null;
  const { app, drafts } = own;
  const zone = app.settings.get('time_zone');
  return {
    limit: uploadLimit(app.settings),
    pasted: word(locale, 'draft.pasted'),
    to: draft === undefined ? '/data?/draft' : `/data/drafts/${draft}?/add`,
    drafts: (draft === undefined ? drafts.all() : []).map(({ id, files, since }) => ({
      id,
      files: files.map(({ name }) => visible(name)),
      since: moment(locale, zone, since.toISOString().slice(0, 19)),
    })),
  };
}
