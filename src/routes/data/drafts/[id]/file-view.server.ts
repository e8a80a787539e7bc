import { explain } from '#lib/errors/explain.ts';
import { NO_COLUMN } from '#lib/exports/layout.ts';
import { visible } from '#lib/exports/visible.ts';
import { isReady } from '#lib/server/import/drafts/draft.ts';
import type { Agreed, DraftFile, Seen } from '#lib/server/import/drafts/draft.ts';
import { isSame } from '#lib/exports/same.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { bytes } from '../../bytes.ts';
import { columnViews } from './column-view.server.ts';
import type { ColumnView } from './column-view.server.ts';
import { listViews } from './list-view.server.ts';
import type { ListView } from './list-view.server.ts';
import { lossesViews } from './losses-view.server.ts';
import type { LossesView } from './losses-view.server.ts';
import { outcomeViews } from './outcome-view.server.ts';
import type { OutcomeView } from './outcome-view.server.ts';
import { questionsOf } from './questions.server.ts';
import type { Question } from './questions.server.ts';
import { readingPicks, readingSummary } from './reading-view.server.ts';
import type { Choosing } from './reading-view.server.ts';
import { recordsView } from './records-view.server.ts';
import type { RecordsView } from './records-view.server.ts';

/** One file of a draft as its page shows it. Names of fields begin with `id`. */
export type FileView = {
  id: string;
  name: string;
  size: string;
  /** Why it cannot be read at all, or not as it stands. */
  refused: { code: string; message: string; remedy: string } | null;
  /** How far it is being looked at. */
  going: GoingView | null;
  picks: Choosing[];
  /** How it is read, in few words; empty where that is no question. */
  reading: string;
  /** Whether a person's choice stands in the way of reading it. */
  isStuck: boolean;
  seen: SeenView | null;
  ready: boolean;
};

export type GoingView = { isReading: boolean; share: number | null; records: string | null };

export type SeenView = {
  isRemembered: boolean;
  changed: { gone: string; fresh: string } | null;
  lists: ListView[];
  columns: ColumnView[];
  /** Columns that are kept as they are and not shown. */
  beyond: string | null;
  questions: Question[];
  outcomes: OutcomeView[];
  losses: LossesView[];
  records: RecordsView;
};

/** More columns than anybody looks through. */
const MOST_COLUMNS = 120;
/** Refusals that the page asks about in its own words. */
const ASKED = new Set(['ambiguous_dates', 'ambiguous_numbers']);

/** What the views need to know of the studio: its known stores and its currency. */
export type Around = { stores: ReadonlySet<string>; currency: string };

/** A file of a draft in the reader's language. */
export function fileView(locale: Locale, file: DraftFile, around: Around): FileView {
  const { id, name, size, part, choice, look, going } = file;
  const picks = readingPicks(locale, file);
  const refusal =
    look.kind === 'refused'
      ? look.refusal
      : look.kind === 'seen' && look.check.kind === 'refused' && going === null
        ? look.check.refusal
        : null;
  return {
    id,
    name: visible(name),
    size: bytes(locale, size),
    refused: refusal === null || ASKED.has(refusal.code) ? null : explain(refusal, locale, 'page'),
    going: going && {
      isReading: going.kind === 'reading',
      share: going.share,
      records: going.records === 0 ? null : count(locale, going.records),
    },
    picks,
    reading: readingSummary(locale, file),
    isStuck: look.kind === 'refused' && !isSame(choice, part?.choice ?? {}),
    seen: look.kind === 'seen' ? seenView(locale, look, file.agreed, around) : null,
    ready: isReady(file),
  };
}

function seenView(locale: Locale, seen: Seen, agreed: Agreed, { stores, currency }: Around): SeenView {
  const { headers } = seen.inspection.head;
  const columns = columnViews(locale, seen, stores);
  const said = (names: readonly string[]) => names.map(visible).join(locale === 'en' ? ', ' : '、');
  return {
    isRemembered: seen.isRemembered && seen.changed === null,
    changed: seen.changed && {
      gone: said(seen.changed.gone) || NO_COLUMN,
      fresh: said(seen.changed.fresh) || NO_COLUMN,
    },
    lists: listViews(locale, seen),
    columns: columns.slice(0, MOST_COLUMNS),
    beyond: headers.length > MOST_COLUMNS ? count(locale, headers.length - MOST_COLUMNS) : null,
    questions: questionsOf(locale, seen),
    outcomes: outcomeViews(locale, currency, seen),
    losses: lossesViews(locale, seen, agreed),
    records: recordsView(locale, seen, MOST_COLUMNS),
  };
}
