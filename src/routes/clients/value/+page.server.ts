import { pageInSteps } from '../../in-steps.server.ts';
import { orErrorPage } from '../../refuse.ts';
import { clientPlaces } from '../places.server.ts';
import type { PageServerLoad } from './$types';
import { askValue } from './answers.server.ts';
import { cohortsView } from './cohorts-view.server.ts';
import { askCohorts } from './cohorts.server.ts';
import { askHoldout } from './holdout.server.ts';
import { holdoutView } from './holdout-view.server.ts';
import type { ValueStep } from './steps.ts';
import { valueView } from './view.server.ts';

/**
 * The page of what clients are worth; `value` is null while there are no data. The fits run in a thread of their own; until they
 * are there the page says what is being done.
 */
export const load: PageServerLoad = ({ locals: { app, asker, locale, viewer } }) =>
  orErrorPage(locale, async () => {
    const house = { currency: app.settings.get('currency'), zone: app.settings.get('time_zone') };
    const make = async (signal: AbortSignal, begin: (step: ValueStep) => void) => {
      begin('clients');
      const answers = await askValue(asker, signal);
      if (!answers) return { house, value: null, held: null, cohorts: null };
      const days = { first: answers.firstDay, last: answers.lastDay };
      begin('held');
      const held = await askHoldout(asker, days, signal);
      begin('cohorts');
      const cohorts = await askCohorts(asker, answers.lastDay, signal);
      return {
        house,
        value: valueView(locale, house, answers),
        held: holdoutView(locale, held),
        cohorts: cohortsView(locale, house, cohorts),
      };
    };
    return {
      clientPlaces: clientPlaces(locale, viewer, '/clients/value'),
      ...(await pageInSteps(asker, ['value', locale, house], make)),
    };
  });
