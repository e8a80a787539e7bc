import { explain } from '#lib/errors/explain.ts';
import type { Explanation } from '#lib/errors/explain.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import {
  dataSpan,
  eventKinds,
  eventValues,
  funnelDrivers,
  funnelNext,
  funnelSegments,
  funnelSteps,
  funnelStepsSpec,
  funnelStepTimes,
  funnelSurvival,
  funnelSurvivalComparison,
  staffMembers,
} from '#lib/server/reports.gen.ts';
import type {
  EventKindsRow,
  EventValuesRow,
  FunnelDriversRow,
  FunnelNextRow,
  FunnelSegmentsRow,
  FunnelStepsRow,
  FunnelStepTimesRow,
  FunnelSurvivalComparisonRow,
  FunnelSurvivalRow,
} from '#lib/server/reports.gen.ts';
import type { Asker } from '#lib/server/reports/ask.ts';
import { mayDivideByStaff, reachOf } from '#lib/server/reports/audience.ts';
import { ANY } from '#lib/funnel/question.ts';
import { eventFields } from '#lib/server/reports/event-fields.ts';
import { segmentFields } from '#lib/server/reports/segments.ts';
import { addDays, mondayOf } from '#lib/ui/dates.ts';
import type { Locale } from '#lib/words/locale.ts';
import { periodOf } from '../../period-choices.ts';
import type { Days, Reach } from '../../period-choices.ts';
import { askedOf } from './question.ts';
import type { Asked, BuilderQuestion } from './question.ts';

/** Values of a field that a form offers to choose from; the rest has to be typed. */
const OFFERED = 100;

/** Further ways that are shown. */
const PATHS = 10;

/** What the funnel itself answers. */
export type Results = {
  steps: FunnelStepsRow[];
  trend: FunnelStepsRow[];
  segments: FunnelSegmentsRow[] | null;
  times: FunnelStepTimesRow[];
  curve: FunnelSurvivalRow[];
  compared: FunnelSurvivalComparisonRow[];
  drivers: FunnelDriversRow[];
  paths: FunnelNextRow[];
};

/** The values of a field of events of a kind, of all kinds where that is null, and whether there are no more of them. */
export type OfferedValues = { kind: string | null; field: string; rows: EventValuesRow[]; isAll: boolean };

/** What the page asks of the data: the choices of its form, and the funnel, or why there is none. */
export type BuilderAnswers = {
  /** Whether numbers of people are told in fives, and only what that allows can be asked: see `funnelCrowdOf`. */
  inFives: boolean;
  days: Days;
  reach: Reach;
  asked: Asked;
  kinds: EventKindsRow[];
  /** Fields that conditions can name, and those that can split the figures. */
  fields: { conditions: readonly string[]; by: readonly string[] };
  /** What the staff are called, by their codes; empty for whoever may not divide figures by them. */
  staff: ReadonlyMap<string, string>;
  /** Values of the fields that conditions name, each of the events it is a condition of. */
  values: OfferedValues[];
  results: Results | null;
  refused: Explanation | null;
};

/**
 * Asks everything that the page shows; null while there are no data. What is wrong about the funnel is an answer, so that
 * the form that asks for it can be put right.
 */
export async function askBuilder(
  asker: Asker,
  locale: Locale,
  question: BuilderQuestion,
  signal: AbortSignal,
): Promise<BuilderAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.first_day || !span.last_day) return null;
  const reach = { firstDay: span.first_day, lastDay: span.last_day, lastWeek: span.last_week };
  const inFives = !reachOf(funnelStepsSpec, asker.viewer).persons;
  const given = periodOf(question, reach, Number(question.weeks));
  const days = inFives ? wholeWeeks(given) : given;
  const asked = askedOf(question, days);
  const attributes = await eventFields(asker);
  const [kinds, segments, staff, values, answered] = await Promise.all([
    eventKinds(asker, {}, options),
    segmentFields(asker),
    mayDivideByStaff(asker.viewer) ? staffNames(asker, options) : new Map<string, string>(),
    Promise.all(
      (inFives ? [] : namedFields(question))
        .filter(({ field }) => attributes.includes(field))
        .map((named) => offered(asker, named, options)),
    ),
    askFunnel(asker, locale, question, asked, inFives, signal),
  ]);
  return {
    inFives,
    days,
    reach,
    asked,
    kinds: kinds.rows,
    fields: { conditions: attributes, by: [...new Set([...segments, ...attributes])].filter(divides) },
    staff,
    values,
    ...answered,
  };
}

async function askFunnel(
  asker: Asker,
  locale: Locale,
  { view, grain, by, fromStep, toStep, at, steps }: BuilderQuestion,
  asked: Asked,
  inFives: boolean,
  signal: AbortSignal,
): Promise<Pick<BuilderAnswers, 'results' | 'refused'>> {
  const options = { signal };
  const hasTimes = steps.length > 1;
  const ofFew = hasTimes && !inFives;
  const between = { from_step: fromStep, to_step: toStep };
  const curveOf = { ...asked, by: by ?? undefined };
  try {
    const [whole, trend, segments, times, curve, compared, drivers, paths] = await Promise.all([
      funnelSteps(asker, { ...asked, view }, options),
      funnelSteps(asker, { ...asked, view, grain }, options),
      by === null || !hasTimes ? null : funnelSegments(asker, { ...asked, ...between, by }, options),
      ofFew ? funnelStepTimes(asker, { ...asked, ...between }, options) : null,
      ofFew ? funnelSurvival(asker, curveOf, options) : null,
      ofFew ? funnelSurvivalComparison(asker, curveOf, options) : null,
      ofFew ? funnelDrivers(asker, { ...asked, ...between }, options) : null,
      ofFew ? funnelNext(asker, { ...asked, step_no: at, limit: PATHS }, options) : null,
    ]);
    return {
      results: {
        steps: whole.rows,
        trend: trend.rows,
        segments: segments?.rows ?? null,
        times: times?.rows ?? [],
        curve: curve?.rows ?? [],
        compared: compared?.rows ?? [],
        drivers: drivers?.rows ?? [],
        paths: paths?.rows ?? [],
      },
      refused: null,
    };
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.status >= 500) throw failure;
    return { results: null, refused: explain(failure, locale, 'page') };
  }
}

async function staffNames(asker: Asker, options: { signal: AbortSignal }): Promise<Map<string, string>> {
  const { rows } = await staffMembers(asker, {}, options);
  return new Map(rows.flatMap(({ staff_id, name }) => (name === null ? [] : [[staff_id, name]])));
}

async function offered(
  asker: Asker,
  { kind, field }: NamedField,
  options: { signal: AbortSignal },
): Promise<OfferedValues> {
  const { rows } = await eventValues(asker, { kind, field, limit: OFFERED + 1 }, options);
  return { kind, field, rows: rows.slice(0, OFFERED), isAll: rows.length <= OFFERED };
}

type NamedField = Pick<OfferedValues, 'kind' | 'field'>;

/** The fields whose values a form should offer: those that its conditions name, of the events whose conditions they are. */
function namedFields({ steps, exclusions, conditions }: BuilderQuestion): NamedField[] {
  const named = [...steps, ...exclusions, { kind: ANY, where: conditions }].flatMap(({ kind, where }) =>
    where.map(({ field }) => ({ kind: kind === ANY ? null : kind, field })),
  );
  return named.filter(
    ({ kind, field }, at) =>
      field !== 'amount' && named.findIndex((one) => one.kind === kind && one.field === field) === at,
  );
}

/** A sum of money is no group. */
const divides = (field: string) => field !== 'amount';

/** The weeks that hold these days. */
function wholeWeeks({ from, to }: Days): Days {
  return { from: mondayOf(from), to: addDays(mondayOf(to), 6) };
}
