import { TOO_FEW } from '#lib/access/too-few.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import type { SegmentCrowdsRow } from '../reports.gen.ts';
import type { Argument, Arguments } from '../warehouse/parameters.ts';
import { funnelCrowdOf } from './crowd-funnel.ts';
import type { AskSteps } from './crowd-funnel.ts';
import { fieldOfFilter } from './segments.ts';
import type { DataSpan } from './span.ts';
import type { ReportSpec } from './spec.ts';

/** Before anything that a business has recorded. */
const EVER = '1900-01-01';

/** Asks the whole house, whoever is shown what follows from it: segment_crowds, funnel_steps and the data's days. */
export type AskHouse = {
  readonly crowds: (params: Arguments) => Promise<readonly SegmentCrowdsRow[]>;
  readonly steps: AskSteps;
  readonly span: () => Promise<DataSpan>;
};

/** What of an answer may be shown. */
export type Crowd = {
  /** Values of the asked segment that stand for themselves; empty where nothing is divided. */
  readonly shown: readonly string[];
  /** Whether a row may be shown, by its part of the period. */
  readonly keeps: (row: unknown) => boolean;
};

const EVERYTHING: Crowd = { shown: [], keeps: () => true };

/**
 * What of an answer is shown to whoever may not see single persons. Throws Refusal too_few_journeys where the filters leave
 * fewer than five journeys, or leave out fewer than five.
 *
 * Promised, of one answer and of all answers about the same days, as long as no more than one field divides or filters: no
 * row is made of one to four journeys, no day, week or month of a row is, and no difference of rows, of filters and of the
 * house itself is. A small value is neither named nor can be asked for, whether or not it exists. What is compared is held
 * to this on both sides.
 *
 * Not promised: what follows from two answers about different days (one that ends a day later than the other), or from the
 * cells of two fields crossed both ways; single steps of a segment, which may be reached by fewer than five of its
 * journeys; the house as a whole, which is no segment however short the period; a store that a comparison leaves out because
 * it lacks lists, and names; and counts of rows in lists (completeness, duplicates), which are no journeys. Funnels of any
 * steps are told in fives instead: `funnelCrowdOf` says what that promises.
 */
export async function crowdOf(
  spec: Pick<ReportSpec, 'parameters' | 'crowd'>,
  params: Arguments,
  house: AskHouse,
): Promise<Crowd> {
  if (spec.crowd === 'fives')
    return { shown: await funnelCrowdOf(params, await house.span(), house.steps), keeps: () => true };
  const filters = filtersIn(params['where']);
  const by = typeof params['by'] === 'string' ? params['by'] : null;
  if (by === null && filters.size === 0) return EVERYTHING;
  const asked = questionOf(spec, params);
  const filtered = await Promise.all(
    [...filters].map(async ([field, values]) => {
      const others = [...filters].flatMap(([name, entries]) =>
        name === field ? [] : entriesOf(name, entries),
      );
      return { values, crowds: await house.crowds({ ...asked, by: field, where: others }) };
    }),
  );
  for (const [at, [name]] of [...filters].entries())
    for (const value of filtered[at]?.values ?? [])
      if (!shownIn(filtered[at]?.crowds ?? []).includes(value))
        throw new Refusal('too_few_journeys', { name, value });
  const divided =
    by === null ? null : await house.crowds({ ...asked, by, where: entriesIn(params['where']) });
  return {
    shown: divided === null ? [] : [TOO_FEW, ...shownIn(divided)],
    keeps: asked['grain'] === 'all' ? () => true : (row) => keepsPart(row, divided, filtered),
  };
}

type Filtered = { values: readonly string[]; crowds: readonly SegmentCrowdsRow[] };

/** The parameters of segment_crowds that a question means. */
function questionOf(
  { parameters, crowd }: Pick<ReportSpec, 'parameters' | 'crowd'>,
  params: Arguments,
): Arguments {
  const given = (name: string): Argument => params[name] ?? null;
  const compared = parameters.some(({ name }) => name === 'compare_from') && given('compare_from') !== null;
  return {
    from: given('from') ?? EVER,
    to: given('to') ?? given('as_of'),
    as_of: given('as_of') ?? given('to'),
    view: crowd === 'begun' ? 'cohort' : (given('view') ?? 'period'),
    grain: given('grain') ?? 'all',
    compare: given('compare'),
    compare_from: compared ? given('compare_from') : null,
    compare_to: compared ? given('compare_to') : null,
    compare_periods: given('compare_periods') ?? 1,
  };
}

/** The asked values of each filtered field; empty text where the value is missing. */
function filtersIn(where: Argument | undefined): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of entriesIn(where)) {
    const field = fieldOfFilter(entry);
    found.set(field, [...(found.get(field) ?? []), entry.slice(field.length + 1)]);
  }
  return found;
}

function entriesIn(where: Argument | undefined): string[] {
  return Array.isArray(where) ? where.map(String) : [];
}

function entriesOf(field: string, values: readonly string[]): string[] {
  return values.map((value) => `${field}=${value}`);
}

/** The values that are shown for the whole period, a missing one as empty text. */
function shownIn(crowds: readonly SegmentCrowdsRow[]): string[] {
  return crowds.flatMap(({ starts_on: part, shown, value }) => (part === null && shown ? [value ?? ''] : []));
}

/** Whether all that a row of a day, week or month is made of is shown there. */
function keepsPart(
  row: unknown,
  divided: readonly SegmentCrowdsRow[] | null,
  filtered: readonly Filtered[],
): boolean {
  const { starts_on: day, segment } = row as { starts_on?: unknown; segment?: unknown };
  if (typeof day !== 'string') return true;
  const isShown = (crowds: readonly SegmentCrowdsRow[], value: string) =>
    crowds.some(
      (one) =>
        one.shown &&
        (one.value ?? '') === value &&
        one.starts_on !== null &&
        one.ends_on !== null &&
        one.starts_on <= day &&
        day <= one.ends_on,
    );
  return (
    (divided === null || isShown(divided, typeof segment === 'string' ? segment : '')) &&
    filtered.every(({ values, crowds }) => values.every((value) => isShown(crowds, value)))
  );
}
