import { readPart, writeConditions, writeExclusions, writeSteps } from '#lib/funnel/draft.ts';
import type { Draft, DraftStep } from '#lib/funnel/draft.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { choice, day, filters, pageAddress, single, whole } from '../../address.ts';
import type { Days } from '../../period-choices.ts';

/** What the page is called in an address. */
export const BUILDER = '/funnel/builder';
/** The list of those who stand at one of its steps. */
export const STANDING = '/funnel/standing';

export const orders = ['ordered', 'strict', 'unordered', 'anchored'] as const;
export const windowUnits = ['second', 'minute', 'hour', 'day', 'week'] as const;
export const entries = ['every', 'first', 'first_ever'] as const;
export const counts = ['people', 'leads', 'orders', 'totals', 'money'] as const;
export const holds = ['store', 'staff', 'order', 'journey'] as const;
export const views = ['cohort', 'period'] as const;
export const grains = ['day', 'week', 'month'] as const;
export const attributions = ['first', 'last', 'step'] as const;
/** Periods that stay with the data's end, in whole weeks. */
export const spans = ['4', '13', '26', '52'] as const;

/** Where an address says nothing. */
const PRESET = {
  order: 'ordered',
  window: 90,
  unit: 'day',
  tolerance: 0,
  entry: 'every',
  count: 'people',
  view: 'cohort',
  grain: 'week',
  attribution: 'first',
  attributionStep: 1,
  weeks: '26',
} as const;
const PRESET_STEPS: DraftStep[] = ['lead', 'visit', 'order'].map(plainStep);

/** What the builder was asked: the whole state of the page, as its address says it. */
export type BuilderQuestion = Draft & {
  /** First and last business day of the entry; null for the last `weeks` complete weeks. */
  from: string | null;
  to: string | null;
  weeks: (typeof spans)[number];
  asOf: string | null;
  order: (typeof orders)[number];
  window: number;
  unit: (typeof windowUnits)[number];
  /** Seconds. */
  tolerance: number;
  entry: (typeof entries)[number];
  open: boolean;
  count: (typeof counts)[number];
  hold: (typeof holds)[number] | null;
  view: (typeof views)[number];
  grain: (typeof grains)[number];
  by: string | null;
  attribution: (typeof attributions)[number];
  attributionStep: number;
  where: string[];
  /** The steps whose time in between is shown, and whose rate compares segments. */
  fromStep: number;
  toStep: number;
  /** The step at which those stand whose further ways are shown. */
  at: number;
};

/** A step of a kind that asks for nothing more. */
export function plainStep(kind: string): DraftStep {
  return { kind, name: null, where: [], within: null, optional: false, anchored: false };
}

/**
 * Reads the page's address, in which the parameters are called as those of the report funnel_steps are. Empty values
 * count as not given. Throws Refusal bad_contract, bad_date, bad_number or bad_choice.
 */
export function questionIn(address: URLSearchParams): BuilderQuestion {
  const given = single(address, 'steps');
  const steps = given === null ? PRESET_STEPS : readPart('steps', given);
  const toStep = whole(address, 'to_step', 2, Math.max(2, steps.length)) ?? steps.length;
  return {
    steps,
    exclusions: readPart('exclusions', single(address, 'exclusions')),
    conditions: readPart('conditions', single(address, 'conditions')),
    from: day(address, 'from'),
    to: day(address, 'to'),
    weeks: choice(address, 'weeks', spans) ?? PRESET.weeks,
    asOf: day(address, 'as_of'),
    order: choice(address, 'order', orders) ?? PRESET.order,
    window: whole(address, 'window', 1, 100_000) ?? PRESET.window,
    unit: choice(address, 'window_unit', windowUnits) ?? PRESET.unit,
    tolerance: whole(address, 'tolerance', 0, 86_400) ?? PRESET.tolerance,
    entry: choice(address, 'entry', entries) ?? PRESET.entry,
    open: choice(address, 'open', ['true', 'false']) === 'true',
    count: choice(address, 'count', counts) ?? PRESET.count,
    hold: choice(address, 'hold', holds) ?? null,
    view: choice(address, 'view', views) ?? PRESET.view,
    grain: choice(address, 'grain', grains) ?? PRESET.grain,
    by: single(address, 'by'),
    attribution: choice(address, 'attribution', attributions) ?? PRESET.attribution,
    attributionStep: whole(address, 'attribution_step', 1, 20) ?? PRESET.attributionStep,
    where: filters(address),
    fromStep: whole(address, 'from_step', 1, Math.max(1, toStep - 1)) ?? 1,
    toStep,
    at: whole(address, 'at', 1, Math.max(1, steps.length - 1)) ?? 1,
  };
}

/** The address of the page with some of its state changed; what stands at its default is left out. */
export function addressOf(
  question: BuilderQuestion,
  change: Partial<BuilderQuestion> = {},
  path = BUILDER,
): string {
  const asked = { ...question, ...change };
  const steps = writeSteps(asked.steps);
  const unless = (value: string | number, preset: string | number) =>
    value === preset ? null : String(value);
  const last = asked.steps.length;
  return pageAddress(path, [
    ['steps', unless(steps, writeSteps(PRESET_STEPS))],
    ['exclusions', writeExclusions(asked.exclusions)],
    ['conditions', writeConditions(asked.conditions)],
    ['from', asked.from],
    ['to', asked.to],
    ['weeks', unless(asked.weeks, PRESET.weeks)],
    ['as_of', asked.asOf],
    ['order', unless(asked.order, PRESET.order)],
    ['window', unless(asked.window, PRESET.window)],
    ['window_unit', unless(asked.unit, PRESET.unit)],
    ['tolerance', unless(asked.tolerance, PRESET.tolerance)],
    ['entry', unless(asked.entry, PRESET.entry)],
    ['open', asked.open ? 'true' : null],
    ['count', unless(asked.count, PRESET.count)],
    ['hold', asked.hold],
    ['view', unless(asked.view, PRESET.view)],
    ['grain', unless(asked.grain, PRESET.grain)],
    ['by', asked.by],
    ['attribution', unless(asked.attribution, PRESET.attribution)],
    ['attribution_step', unless(asked.attributionStep, PRESET.attributionStep)],
    ...asked.where.map((entry) => ['where', entry] as const),
    ['from_step', asked.fromStep === 1 || asked.fromStep >= last ? null : String(asked.fromStep)],
    ['to_step', asked.toStep >= last ? null : String(asked.toStep)],
    ['at', asked.at === 1 || asked.at >= last ? null : String(asked.at)],
  ]);
}

/** The parameters that the reports of the page share, as their addresses and their functions take them. */
export function askedOf(question: BuilderQuestion, { from, to }: Days) {
  return {
    steps: writeSteps(question.steps),
    exclusions: writeExclusions(question.exclusions),
    conditions: writeConditions(question.conditions),
    from,
    to,
    ...(question.asOf === null ? {} : { as_of: question.asOf }),
    order: question.order,
    window: question.window,
    window_unit: question.unit,
    tolerance: question.tolerance,
    entry: question.entry,
    open: question.open,
    count: question.count,
    hold: question.hold,
    attribution: question.attribution,
    attribution_step: question.attributionStep,
    where: question.where,
  } as const satisfies LinkParameters;
}

export type Asked = ReturnType<typeof askedOf>;
