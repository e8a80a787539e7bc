import { attemptsOf, type Attempt } from './attempts.ts';
import { givenUp, type GivenUp } from './given-up.ts';
import type { Counted, FunnelQuestion, Happening } from './step-question.ts';

/** The report funnel_steps in the cohort view, one row for each segment and step, walked event by event. */
export function countSteps(everything: Happening[], question: FunnelQuestion): Counted[] {
  const counted = walk(everything, question);
  const segments = [...new Set(counted.map(({ segment }) => segment))];
  return segments.flatMap((segment) =>
    question.steps.map((_, at) =>
      rowOf(
        segment,
        at + 1,
        counted.filter((one) => one.segment === segment),
        question.steps[at]?.optional === true,
      ),
    ),
  );
}

/** The attempts that count, each unit walked event by event. */
export function walk(everything: Happening[], question: FunnelQuestion): CountedAttempt[] {
  const seen = everything.filter(({ at }) => at < question.end);
  const units = Map.groupBy(seen, ({ lead, person }) => (question.count === 'leads' ? lead : person));
  units.delete(null);
  return [...units.values()].flatMap((all) => {
    const events = all.filter(({ says }) => question.says === undefined || says === question.says);
    return countedOf(events, givenUp(all, question), question);
  });
}

export interface CountedAttempt {
  segment: string | null;
  became: 'converted' | 'lost' | 'open';
  /** Seconds waited by step number; null at the entry. */
  steps: Map<number, number | null>;
  /** The events that took the required steps, by step number. */
  took: Map<number, Happening>;
  lastStep: number;
  /** All events of the unit that walks. */
  events: Happening[];
}

function rowOf(
  segment: string | null,
  stepNo: number,
  attempts: CountedAttempt[],
  isOptional: boolean,
): Counted {
  const here = attempts.filter(({ steps }) => steps.has(stepNo));
  const of = (became: string, list = here) => list.filter((one) => one.became === became).length;
  const waits = here.flatMap(({ steps }) => {
    const waited = steps.get(stepNo);
    return waited === null || waited === undefined ? [] : [waited];
  });
  const ended = here.filter(({ lastStep }) => lastStep === stepNo);
  const before = attempts.filter(({ lastStep }) => lastStep < stepNo);
  return {
    segment,
    step_no: stepNo,
    people: here.length,
    entered: attempts.length,
    converted: of('converted'),
    lost: of('lost'),
    open: of('open'),
    lost_here: of('lost', ended),
    open_here: of('open', ended),
    lost_before: isOptional ? null : of('lost', before),
    open_before: isOptional ? null : of('open', before),
    average_seconds: waits.length > 0 ? waits.reduce((sum, one) => sum + one, 0) / waits.length : null,
  };
}

function countedOf(events: Happening[], isGivenUp: GivenUp, question: FunnelQuestion): CountedAttempt[] {
  const attempts = attemptsOf(events, isGivenUp, question);
  const chosen =
    question.count === 'totals' ? attempts : attempts.toSorted((a, b) => better(a, b, question)).slice(0, 1);
  const isOpen = attempts.some((attempt) => attempt.isOpen);
  const required = question.steps.flatMap(({ optional }, at) => (optional ? [] : [at + 1]));
  return chosen.map((attempt) => {
    const steps = new Map<number, number | null>();
    const took = new Map<number, Happening>();
    attempt.taken.forEach(({ event, waited }, at) => {
      const step = required[attempt.entryLevel - 1 + at] ?? 0;
      steps.set(step, at === 0 ? null : waited);
      took.set(step, event);
    });
    for (const [step, waited] of attempt.optional) steps.set(step, waited);
    const level = attempt.entryLevel - 1 + attempt.taken.length;
    const open = question.count === 'totals' ? attempt.isOpen : isOpen;
    return {
      segment: question.by ? segmentOf(attempt, question) : 'all',
      became: level === required.length ? 'converted' : open ? 'open' : 'lost',
      steps,
      took,
      lastStep: required[level - 1] ?? 0,
      events,
    };
  });
}

function segmentOf({ taken, entryLevel }: Attempt, { attribution, attributionStep }: FunnelQuestion) {
  const said = taken.map(({ event }) => event.says);
  if (attribution === 'first') return said[0] ?? null;
  if (attribution === 'last') return said.at(-1) ?? null;
  return said[attributionStep - entryLevel] ?? null;
}

function depth({ entryLevel, taken }: Attempt): number {
  return entryLevel + taken.length;
}

function better(a: Attempt, b: Attempt, question: FunnelQuestion): number {
  const { order } = question;
  const entry = (one: Attempt) => one.taken[0]?.event.id ?? '';
  const start = (one: Attempt) => one.taken[0]?.event.at ?? 0;
  const end = (one: Attempt) => one.taken.at(-1)?.latest ?? 0;
  return (
    depth(b) - depth(a) ||
    a.entryLevel - b.entryLevel ||
    end(a) - end(b) ||
    (order === 'unordered' ? start(a) - start(b) : start(b) - start(a)) ||
    (entry(a) < entry(b) ? -1 : 1)
  );
}
