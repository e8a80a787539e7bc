import type { PersonViewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { tooFine } from '#lib/funnel/coarse.ts';
import { funnelStepsSpec } from '#lib/server/reports.gen.ts';
import { isStaffField, mayAsk, mayDivideByStaff, reachOf } from '#lib/server/reports/audience.ts';
import type { SavedView, Views } from '#lib/server/views/views.ts';
import { askedOf, questionIn } from './question.ts';

/**
 * The saved views that somebody sees and may ask, by name. What a view asks for stands in its address: whoever may not ask
 * for it, values of fields or members of staff, does not see the view either.
 */
export function savedFor(views: Views, viewer: PersonViewer): SavedView[] {
  const all = views.all(viewer);
  const inFives = mayAsk(funnelStepsSpec, viewer) && !reachOf(funnelStepsSpec, viewer).persons;
  return inFives ? all.filter(({ address }) => isCoarse(viewer, address)) : all;
}

/** The saved view of a number, if somebody sees it. Throws Refusal unknown_view. */
export function savedOf(views: Views, viewer: PersonViewer, id: number): SavedView {
  const view = savedFor(views, viewer).find((one) => one.id === id);
  if (view === undefined) throw new Refusal('unknown_view', { id });
  return view;
}

function isCoarse(viewer: PersonViewer, address: string): boolean {
  try {
    const question = questionIn(new URLSearchParams(address.split('?')[1]));
    const asked = { ...askedOf(question, { from: '', to: '' }), view: question.view, grain: question.grain };
    const divides = question.by === null || !isStaffField(question.by) || mayDivideByStaff(viewer);
    return question.asOf === null && divides && tooFine(asked) === null;
  } catch (failure) {
    if (failure instanceof Refusal) return false;
    throw failure;
  }
}
