import { ANY, MOST_STEPS } from '#lib/funnel/question.ts';
import { conditionOps, durationUnits } from '#lib/funnel/draft.ts';
import type { ConditionOp, Draft, DraftCondition, DraftExclusion, DraftStep } from '#lib/funnel/draft.ts';
import { writeConditions, writeExclusions, writeSteps } from '#lib/funnel/draft.ts';
import { BUILDER, plainStep } from './question.ts';

/** The field that marks an address as a form sent without script: its fields are gathered into the address of the page. */
export const SENT = 'sent';
/** What one pressed in the form: `VERB:PLACE`. */
export const DO = 'do';
/** Between several values of one condition. */
export const OR = '|';

const PLAIN = [
  'from',
  'to',
  'weeks',
  'as_of',
  'order',
  'window',
  'window_unit',
  'tolerance',
  'entry',
  'open',
  'count',
  'hold',
  'view',
  'grain',
  'by',
  'attribution',
  'attribution_step',
  'from_step',
  'to_step',
  'at',
] as const;

/**
 * The address of the page that a sent form means: steps `s1.kind`, `s1.name`, `s1.n`, `s1.unit`, `s1.optional`,
 * `s1.anchored` with conditions `s1.c1.field`, `.op`, `.value`; exclusions `x1.kind`, `.from`, `.to` with theirs; conditions
 * of all events `e.c1…`; all else by name. Whoever names a field and no value asks only that the field be known.
 */
export function addressOfForm(form: URLSearchParams): string {
  const draft = changed(
    { steps: stepsIn(form), exclusions: exclusionsIn(form), conditions: conditionsIn(form, 'e') },
    form.get(DO) ?? '',
  );
  const query = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value !== null && value.trim() !== '') query.append(name, value.trim());
  };
  put('steps', writeSteps(draft.steps));
  put('exclusions', writeExclusions(within(draft)));
  put('conditions', writeConditions(draft.conditions));
  const isWhole = form.get('weeks') !== null && form.get('weeks') !== '';
  for (const name of PLAIN)
    if (!(isWhole && (name === 'from' || name === 'to')) && !isBeyond(form, name, draft.steps))
      put(name, form.get(name));
  for (const entry of form.getAll('where')) put('where', entry);
  return `${BUILDER}?${query}`;
}

/** A step that was chosen and is no longer there is chosen no more. */
function isBeyond(form: URLSearchParams, name: string, all: readonly DraftStep[]): boolean {
  const steps = all.length;
  if (name === 'attribution_step')
    return Number(form.get(name) ?? 1) > all.filter(({ optional }) => !optional).length;
  if (name === 'at') return Number(form.get('at') ?? 1) >= steps;
  if (name !== 'from_step' && name !== 'to_step') return false;
  const [from, to] = [Number(form.get('from_step') ?? 1), Number(form.get('to_step') ?? steps)];
  return to > steps || from >= to;
}

function stepsIn(form: URLSearchParams): DraftStep[] {
  return placesIn(form, /^s(\d+)\.kind$/).map((at) => {
    const n = Number(form.get(`s${at}.n`) ?? 0);
    const unit = durationUnits.find((one) => one === form.get(`s${at}.unit`)) ?? 'day';
    return {
      kind: form.get(`s${at}.kind`) ?? ANY,
      name: form.get(`s${at}.name`)?.trim().slice(0, 200) || null,
      where: conditionsIn(form, `s${at}`),
      within: Number.isSafeInteger(n) && n > 0 ? { n, unit } : null,
      optional: form.get(`s${at}.optional`) !== null,
      anchored: form.get(`s${at}.anchored`) !== null,
    };
  });
}

function exclusionsIn(form: URLSearchParams): DraftExclusion[] {
  return placesIn(form, /^x(\d+)\.kind$/).map((at) => ({
    kind: form.get(`x${at}.kind`) ?? ANY,
    where: conditionsIn(form, `x${at}`),
    from: Number(form.get(`x${at}.from`) ?? 1),
    to: Number(form.get(`x${at}.to`) ?? 2),
  }));
}

function conditionsIn(form: URLSearchParams, owner: string): DraftCondition[] {
  return placesIn(form, new RegExp(`^${owner}\\.c(\\d+)\\.field$`)).flatMap((at) => {
    const key = `${owner}.c${at}`;
    const field = form.get(`${key}.field`) ?? '';
    return field === ''
      ? []
      : [conditionOf(field, form.get(`${key}.op`), form.getAll(`${key}.value`).join(OR))];
  });
}

function conditionOf(field: string, asked: string | null, written: string): DraftCondition {
  const values = written
    .split(OR)
    .map((value) => value.trim())
    .filter((value) => value !== '');
  const op: ConditionOp = conditionOps.find((one) => one === asked) ?? 'is';
  const [first] = values;
  if (first === undefined) return { field, op: op === 'unknown' ? op : 'known', values: [] };
  if (op === 'more' || op === 'less') return { field, op, values: [first] };
  return { field, op: op === 'is_not' ? op : 'is', values };
}

/** The numbers that a form gives the fields of a pattern, in their order. */
function placesIn(form: URLSearchParams, pattern: RegExp): number[] {
  const found = [...form.keys()].flatMap((key) => {
    const [, at] = pattern.exec(key) ?? [];
    return at === undefined ? [] : [Number(at)];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** What a pressed button makes of a draft: `step`, `step:3` (up, down, off) or `exclusion`, `off:x2`. */
function changed(draft: Draft, pressed: string): Draft {
  const [verb = '', place = ''] = pressed.split(':');
  const at = Number(place) - 1;
  const { steps, exclusions } = draft;
  switch (verb) {
    case 'add':
      return steps.length < MOST_STEPS ? { ...draft, steps: [...steps, plainStep(place || ANY)] } : draft;
    case 'off':
      return steps.length > 1 ? { ...draft, steps: firstRequired(steps.toSpliced(at, 1)) } : draft;
    case 'up':
      return { ...draft, steps: firstRequired(swapped(steps, at - 1)) };
    case 'down':
      return { ...draft, steps: firstRequired(swapped(steps, at)) };
    case 'exclude':
      return steps.length < 2
        ? draft
        : {
            ...draft,
            exclusions: [...exclusions, { kind: place || ANY, where: [], from: 1, to: steps.length }],
          };
    case 'include':
      return { ...draft, exclusions: exclusions.toSpliced(at, 1) };
    default:
      return { ...draft, steps: firstRequired(steps) };
  }
}

function swapped(steps: readonly DraftStep[], at: number): DraftStep[] {
  const [first, second] = [steps[at], steps[at + 1]];
  if (first === undefined || second === undefined) return [...steps];
  return steps.toSpliced(at, 2, second, first);
}

/** Whoever comes first has to be taken. */
function firstRequired([first, ...rest]: readonly DraftStep[]): DraftStep[] {
  return first === undefined ? [] : [{ ...first, optional: false }, ...rest];
}

/** Exclusions between steps that are there. */
function within({ steps, exclusions }: Draft): DraftExclusion[] {
  if (steps.length < 2) return [];
  return exclusions.map((one) => {
    const to = Math.min(Math.max(one.to, 2), steps.length);
    return { ...one, to, from: Math.min(Math.max(one.from, 1), to - 1) };
  });
}
