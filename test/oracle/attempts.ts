import type { GivenUp } from './given-up.ts';
import type { FunnelQuestion, Happening, Step } from './step-question.ts';

interface Taken {
  event: Happening;
  /** The latest moment of the attempt when this step was taken. */
  latest: number;
  waited: number;
}

/** One try of somebody to go through the steps, as far as it came. */
export interface Attempt {
  entryLevel: number;
  taken: Taken[];
  isOpen: boolean;
  /** Steps that need not be taken, by place. */
  optional: Map<number, number>;
}

/** A way through the steps as far as it has come, the marks of what it took from the last one back. */
interface Way {
  level: number;
  taken: Taken[];
  filled: Step[];
  marks: string[];
}

interface Taking {
  event: Happening;
  step: Step;
  mark: string;
}

const fits = (event: Happening, { kind, says }: { kind: string | null; says?: string }) =>
  (kind === null || event.kind === kind) && (says === undefined || event.says === says);

/** Blocks of levels that may come in any order among themselves: [first, last] for each level. */
function blocksOf(required: Step[], order: FunnelQuestion['order']): [number, number][] {
  if (order === 'unordered') return required.map(() => [1, required.length]);
  if (order !== 'anchored') return required.map((_, at) => [at + 1, at + 1]);
  return required.map((step, at) => {
    if (step.anchored) return [at + 1, at + 1];
    let [first, last] = [at, at];
    while (first > 0 && !required[first - 1]?.anchored) first -= 1;
    while (last < required.length - 1 && !required[last + 1]?.anchored) last += 1;
    return [first + 1, last + 1];
  });
}

/** The attempts of one unit, in the order of their entries, those voided by an exclusion left out. */
export function attemptsOf(events: Happening[], isGivenUp: GivenUp, question: FunnelQuestion): Attempt[] {
  const { steps, order, window, tolerance } = question;
  const required = steps.filter(({ optional }) => !optional);
  const blocks = blocksOf(required, order);
  const serves = (event: Happening) =>
    steps.filter(({ kind }) => kind === null || kind === event.kind).length;
  const narrow = steps
    .map((step, at) => ({ step, at }))
    .toSorted(
      (a, b) =>
        Number(b.step.kind !== null) - Number(a.step.kind !== null) ||
        Number(b.step.says !== undefined) - Number(a.step.says !== undefined) ||
        a.at - b.at,
    )
    .map(({ step }) => step);
  const pad = (number: number) => String(number).padStart(4, '0');
  const mark = (event: Happening, step: Step) =>
    `${String(event.at + 1e9)} ${pad(serves(event))} ${pad(narrow.indexOf(step))} ${event.id}`;
  const entries = required
    .flatMap((step, at) => {
      const [first] = blocks[at] ?? [1];
      if (first !== 1 && !question.open) return [];
      return events.flatMap((event) =>
        fits(event, step) ? [{ event, step, level: first, mark: mark(event, step) }] : [],
      );
    })
    .toSorted((a, b) => (a.mark < b.mark ? -1 : 1));
  const inPeriod = ({ event: { at } }: { event: Happening }) => at >= question.from && at < question.until;
  const begun =
    question.entry === 'every'
      ? entries.filter(inPeriod)
      : question.entry === 'first'
        ? entries.filter(inPeriod).slice(0, 1)
        : entries.slice(0, 1).filter(inPeriod);
  const isSearched = order === 'ordered' && tolerance === 0;
  /** What an attempt can do next: at each instant one event, or where nothing is searched for the first alone. */
  const nextOf = ({ level, taken, filled }: Way): Taking[] => {
    const [entry, last] = [taken[0], taken.at(-1)];
    if (!entry || !last || level >= required.length) return [];
    const [from, to] = blocks[level] ?? [0, 0];
    const { latest } = last;
    const later = events.map(({ at }) => at).filter((at) => at > latest);
    const barrier = order === 'strict' && later.length > 0 ? Math.min(...later) : Infinity;
    const candidates = required
      .slice(from - 1, to)
      .filter((one) => !filled.includes(one))
      .flatMap((step) =>
        events.flatMap((event) =>
          fits(event, step) &&
          !taken.some(({ event: used }) => used === event) &&
          event.at >= latest - tolerance &&
          event.at <= entry.event.at + window &&
          event.at <= latest + (step.within ?? Infinity) &&
          event.at <= barrier &&
          (!question.hold || (event.lead !== null && event.lead === entry.event.lead))
            ? [{ event, step, mark: mark(event, step) }]
            : [],
        ),
      )
      .toSorted((one, other) => (one.mark < other.mark ? -1 : 1));
    if (!isSearched) return candidates.slice(0, 1);
    return [...Map.groupBy(candidates, ({ event }) => event.at).values()].flatMap((list) => list.slice(0, 1));
  };
  const waysFrom = (way: Way): Way[] => [
    way,
    ...nextOf(way).flatMap(({ event, step, mark: made }) => {
      const latest = way.taken.at(-1)?.latest ?? 0;
      return waysFrom({
        level: way.level + 1,
        taken: [
          ...way.taken,
          { event, latest: Math.max(latest, event.at), waited: Math.max(0, event.at - latest) },
        ],
        filled: [...way.filled, step],
        marks: [made, ...way.marks],
      });
    }),
  ];
  const walked = begun.map(({ event, step, level }) => {
    const taken: Taken[] = [{ event, latest: event.at, waited: 0 }];
    const ways = waysFrom({ level, taken, filled: [step], marks: [] });
    const [best] = ways.toSorted(
      (one, other) => other.level - one.level || (one.marks.join('\n') < other.marks.join('\n') ? -1 : 1),
    );
    return { entryLevel: level, taken: best?.taken ?? taken, filled: best?.filled ?? [step], ways };
  });
  const isTakenOver = (mine: number, at: number): boolean => {
    const { entryLevel, taken } = walked[mine] ?? { entryLevel: 0, taken: [] };
    return walked.some(
      (other, place) =>
        place > mine && other.taken[at + entryLevel - other.entryLevel]?.event === taken[at]?.event,
    );
  };
  return walked.flatMap(({ entryLevel, taken: all, filled, ways }, mine): Attempt[] => {
    const overtaken = question.count === 'totals' ? all.findIndex((_, at) => isTakenOver(mine, at)) : -1;
    if (overtaken === 0) return [];
    const taken = overtaken > 0 ? all.slice(0, overtaken) : all;
    const level = entryLevel + taken.length - 1;
    const { latest } = taken.at(-1) ?? { latest: 0 };
    const start = taken[0]?.event.at ?? 0;
    const [first, last] = blocks[level] ?? [0, 0];
    const choices = required.slice(Math.max(0, first - 1), last).filter((one) => !filled.includes(one));
    const within = Math.max(...choices.map((one) => one.within ?? Infinity));
    const chances = ways.flatMap((way) =>
      way.level <= level ? [(way.taken.at(-1)?.latest ?? 0) + (required[way.level]?.within ?? Infinity)] : [],
    );
    const until = isSearched ? Math.max(...chances) : latest + within;
    const deadline = level < required.length ? Math.min(start + window, until) : Infinity;
    const at = (one: number) => all[one - entryLevel]?.event.at;
    const levelOf = (step: number) => steps.slice(0, step).filter(({ optional }) => !optional).length;
    const isVoid = question.exclusions.some((exclusion) => {
      const from = at(levelOf(exclusion.from));
      const isOptional = steps[exclusion.to - 1]?.optional ?? false;
      const to = at(levelOf(exclusion.to) + Number(isOptional));
      return (
        from !== undefined &&
        events.some(
          (event) =>
            fits(event, exclusion) &&
            event.at > from &&
            (to === undefined ? event.at <= deadline : event.at < to),
        )
      );
    });
    if (isVoid) return [];
    const isBroken = order === 'strict' && events.some((event) => event.at > latest);
    const isStopped = overtaken >= 0 || isBroken || isGivenUp(latest);
    return [
      {
        entryLevel,
        taken,
        isOpen: level < required.length && !isStopped && deadline >= question.end,
        optional: optionalOf({ entryLevel, taken, deadline }, events, question),
      },
    ];
  });
}

function optionalOf(
  { entryLevel, taken, deadline }: { entryLevel: number; taken: Taken[]; deadline: number },
  events: Happening[],
  { steps, tolerance, hold }: FunnelQuestion,
): Map<number, number> {
  const found = new Map<number, number>();
  let level = 0;
  steps.forEach((step, at) => {
    if (!step.optional) {
      level += 1;
      return;
    }
    const before = taken[level - entryLevel];
    const next = taken[level - entryLevel + 1];
    if (!before) return;
    const times = events
      .filter(
        (event) =>
          fits(event, step) &&
          event !== before.event &&
          event !== next?.event &&
          event.at >= before.latest - tolerance &&
          event.at <= before.latest + (step.within ?? Infinity) &&
          event.at <= (next?.event.at ?? deadline) &&
          (!hold || (event.lead !== null && event.lead === before.event.lead)),
      )
      .map((event) => event.at);
    if (times.length > 0) found.set(at + 1, Math.max(0, Math.min(...times) - before.latest));
  });
  return found;
}
