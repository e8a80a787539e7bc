import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { mayRead } from '#lib/server/access/may.ts';
import type { App } from '#lib/server/app.ts';
import { funnelSteps } from '#lib/server/reports.gen.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import type { SavedView } from '#lib/server/views/views.ts';
import { count, percent } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { periodOf } from '../period-choices.ts';
import type { Reach } from '../period-choices.ts';
import { askedOf, BUILDER, questionIn } from '../funnel/builder/question.ts';
import { savedFor } from '../funnel/builder/saved.server.ts';

/** A pinned funnel: who entered, who arrived, who still may; null where nobody entered or it cannot be asked any more. */
export type Pinned = {
  id: number;
  name: string;
  address: string;
  figures: { entered: string; arrived: string; rate: string; open: string } | null;
};

/** So many are asked for one page. */
const MOST = 5;

/** The views that a reader has pinned, whose figures are the reader's own. */
export function pinnedOf({ views }: App, viewer: Asker['viewer']): SavedView[] {
  if (viewer.kind !== 'person' || !mayRead(viewer, BUILDER)) return [];
  return savedFor(views, viewer satisfies PersonViewer)
    .filter(({ isPinned }) => isPinned)
    .slice(0, MOST);
}

/** Asks the funnels of pinned views, each of its own days. */
export function askPinned(
  asker: Asker,
  locale: Locale,
  reach: Reach,
  views: readonly SavedView[],
  signal: AbortSignal,
): Promise<Pinned[]> {
  return Promise.all(
    views.map(async ({ id, name, address }) => ({
      id,
      name,
      address,
      figures: await figuresOf(asker, locale, reach, address, signal),
    })),
  );
}

async function figuresOf(
  asker: Asker,
  locale: Locale,
  reach: Reach,
  address: string,
  signal: AbortSignal,
): Promise<Pinned['figures']> {
  try {
    const question = questionIn(new URLSearchParams(address.split('?')[1]));
    const asked = askedOf(question, periodOf(question, reach, Number(question.weeks)));
    const { rows } = await funnelSteps(asker, asked, { signal });
    const last = rows.at(-1);
    if (last?.rate == null) return null;
    return {
      entered: count(locale, last.entered),
      arrived: count(locale, last.people),
      rate: percent(locale, last.rate),
      open: count(locale, last.open_before ?? 0),
    };
  } catch (failure) {
    if (failure instanceof Refusal && failure.status < 500) return null;
    throw failure;
  }
}
