import { fail, redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/errors/refusal.ts';
import { decideMatch, enteredHere, undoDecision } from '#lib/server/clients/matches.ts';
import { clientDecisions, clientMatches } from '#lib/server/reports.gen.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { single } from '../../address.ts';
import { textIn } from '../../form-text.ts';
import { problemOf } from '../../problem.ts';
import { orErrorPage } from '../../refuse.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { decisionView, matchView } from './match-view.server.ts';

const PATH = '/clients/matches';
/** Decisions that stand on the page. */
const SHOWN = 50;

type Outcome = 'same' | 'different' | 'undone';

/** One pair of clients who may be one (`?no=`, by default the likeliest), and what was decided so far. */
export const load: PageServerLoad = ({ url, locals: { app, asker, locale, own }, request }) =>
  orErrorPage(locale, async () => {
    const options = { signal: request.signal };
    const asked = Number(single(url.searchParams, 'no') ?? 1);
    const no = Number.isSafeInteger(asked) && asked > 0 ? asked : 1;
    const at = await clientMatches(asker, { limit: 1, offset: no - 1 }, options);
    const { rows } = at.rows.length > 0 || no === 1 ? at : await clientMatches(asker, { limit: 1 }, options);
    const [row] = rows;
    const decided = await clientDecisions(asker, { limit: SHOWN }, options);
    const isOwn = own !== null && own.app === app;
    const undoable = new Set(
      isOwn
        ? await enteredHere(
            app,
            decided.rows.map(({ batch_id }) => batch_id),
          )
        : [],
    );
    return {
      isOwn,
      done: doneText(locale, single(url.searchParams, 'done') ?? ''),
      match: row === undefined ? null : { ...matchView(locale, row), ...placeOf(locale, row) },
      decisions: decided.rows.map((one) => decisionView(locale, one, undoable)),
      more: (decided.rows[0]?.all_rows ?? 0) > SHOWN ? count(locale, SHOWN) : null,
      csv: {
        matches: reportLink('client_matches', {}, 'csv'),
        decisions: reportLink('client_decisions', {}, 'csv'),
      },
    };
  });

export const actions: Actions = {
  /** Says that the two of a pair are the same client, or different ones. */
  decide: (event) =>
    answered(event, async (form) => {
      const decision = textIn(form, 'decision');
      if (decision !== 'same' && decision !== 'different') throw new Refusal('unknown_match', {});
      const pair = { one: textIn(form, 'one'), other: textIn(form, 'other') };
      await decideMatch(event.locals.app, event.locals.asker, { ...pair, decision });
      return decision;
    }),
  /** Takes a decision back. */
  undo: (event) =>
    answered(event, async (form) => {
      await undoDecision(event.locals.app, event.locals.asker, textIn(form, 'batch'));
      return 'undone';
    }),
};

async function answered(
  { request, url, locals: { app, own, locale } }: RequestEvent,
  act: (form: FormData) => Promise<Outcome>,
) {
  const form = await request.formData();
  const no = single(url.searchParams, 'no') ?? '1';
  let done: Outcome;
  try {
    if (own === null || own.app !== app) throw new Refusal('sample_only', {});
    done = await act(form);
  } catch (error) {
    const problem = problemOf(error, locale);
    return fail(problem.status, { problem });
  }
  redirect(303, `${PATH}?${new URLSearchParams({ no, done }).toString()}`);
}

/** The number of a pair among all, and the ways to those beside it. */
function placeOf(locale: Locale, { row_no: no, all_rows: all }: { row_no: number; all_rows: number }) {
  const to = (place: number) => `${PATH}?no=${place}`;
  return {
    place: word(locale, 'matches.pair', { no: count(locale, no), all: count(locale, all) }),
    action: `${PATH}?no=${no}&/decide`,
    previous: no > 1 ? to(no - 1) : null,
    next: no < all ? to(no + 1) : null,
  };
}

function doneText(locale: Locale, done: string): string | null {
  if (done === 'same') return word(locale, 'matches.done.same');
  if (done === 'different') return word(locale, 'matches.done.different');
  return done === 'undone' ? word(locale, 'matches.done.undone') : null;
}
