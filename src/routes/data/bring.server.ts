import type { TableName } from '#lib/exports/tables.ts';
import type { App } from '#lib/server/app.ts';
import { uploadLimit } from '#lib/server/import/staging.ts';
import type { Own } from '#lib/server/studio/studios.ts';
import type { Locale } from '#lib/words/locale.ts';
import { askFreshness } from './freshness.server.ts';
import { tableChoices } from './table-names.server.ts';

/** What the form for files needs: the kinds of lists, the stores that are known, and how much may come at once. */
export type BringView = {
  tables: { name: TableName; label: string }[];
  stores: string[];
  /** Bytes. */
  limit: number;
};

/** Null where only the sample is open, which takes no lists. */
export async function bringView(own: Own | null, locale: Locale): Promise<BringView | null> {
  if (own === null) return null;
  return {
    tables: tableChoices(locale),
    stores: await storesOf(own.app),
    limit: uploadLimit(own.app.settings),
  };
}

async function storesOf(app: App): Promise<string[]> {
  const answer = await askFreshness(app);
  return [...new Set((answer?.rows ?? []).flatMap(({ store }) => store ?? []))];
}
