import { addDays, dayOf, earlierDay, mondayOf, within } from './days.ts';
import { isInClosure, springNear, springs } from './festivals.ts';
import { touches, type Gap } from './gaps.ts';
import type { Path } from './journeys.ts';
import type { JourneyStep } from './scope.ts';
import type { View } from './sources.ts';

/** What is compared with what: a period and earlier ones of the same length. */
export interface Comparing {
  from: string;
  to: string;
  as_of: string;
  view: View;
  compare: 'previous' | 'last_year' | 'mean_of_four';
  /** First business day of the data: earlier weeks do not exist. */
  firstDay: string;
  /** Gaps of the firm's only store. */
  gaps: Gap[];
}

/** One comparison, named like the columns of the report `funnel_change`. */
export interface Change {
  value: number | null;
  compared: number | null;
  reference: number | null;
  z: number | null;
  df: number | null;
  spread: number | null;
  hits: number | null;
  base: number | null;
  reference_hits: number | null;
  reference_base: number | null;
  usual_low: number | null;
  usual_high: number | null;
  tooFew: boolean;
  tooEarly: boolean;
  /** The period and its references lie at different distances from 春节. */
  holiday: boolean;
}

const Z = 1.959963984540054;
const HISTORY = 26;

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Neighbouring weeks that both say something of usual weeks; null is a week that does not. */
const pairs = <T>(weeks: (T | null)[]) =>
  weeks.slice(1).flatMap((week, place) => {
    const later = weeks[place] ?? null;
    return week === null || later === null ? [] : [[week, later] as const];
  });
/** Degrees of freedom of the mean square of so many successive differences of weeks (domain.md §5: n − 1 of n weeks). */
const degrees = (differences: number) => Math.round((2 * differences ** 2) / (3 * differences - 1));

/** The difference of a count from the mean of earlier weeks, in spreads (domain.md §5). */
export function countChange(journeys: Path[], step: JourneyStep, asked: Comparing): Change {
  const weeks = weeksOf(asked);
  const at = (shift: number) => count(journeys, step, asked, shift, ageOf(asked));
  const usual = usualWeeks(asked, weeks.history, [step]);
  const [x, references] = [at(0), weeks.references.map(at)];
  const y = references.length > 0 ? mean(references) : null;
  const neighbours = pairs(usual.map((shift) => (shift === null ? null : at(shift))));
  const terms = neighbours.filter(([a, b]) => a + b > 0).map(([a, b]) => (a - b) ** 2 / (a + b));
  const phi = Math.max(1, terms.length > 0 ? mean(terms) : 1);
  const spread = y === null ? null : Math.sqrt(phi * (x + y / references.length));
  return {
    ...nothing,
    value: count(journeys, step, asked, 0, Infinity),
    compared: x,
    reference: y,
    spread,
    z: y !== null && spread ? (x - y) / spread : null,
    df: phi > 1 ? degrees(neighbours.length) : null,
    tooFew: (y ?? 0) < 10,
    tooEarly: asked.view === 'cohort' && step > 2 && ageOf(asked) < 1,
    holiday: isHolidayMoved(asked),
  };
}

/**
 * The difference of a sum of amounts from the mean of earlier weeks, in spreads (domain.md §5, Money): the variance of a
 * week is the sum of its squared amounts. Orders are amounts of 1.
 */
export function sumChange(entries: { day: string; amount: number }[], asked: Comparing): Change {
  const weeks = weeksOf(asked);
  const at = (shift: number) => {
    const [from, to] = [addDays(asked.from, -shift), addDays(lastDayOf(asked), -shift)];
    const amounts = entries.filter(({ day }) => within(day, from, to)).map(({ amount }) => amount);
    const sum = (list: number[]) => list.reduce((total, value) => total + value, 0);
    return {
      entries: amounts.length,
      x: sum(amounts),
      squares: sum(amounts.map((amount) => amount * amount)),
    };
  };
  const usual = usualWeeks(asked, weeks.history, [4]);
  const [now, references] = [at(0), weeks.references.map(at)];
  const before = (column: 'entries' | 'x' | 'squares') =>
    references.length > 0 ? mean(references.map((week) => week[column])) : null;
  const neighbours = pairs(usual.map((shift) => (shift === null ? null : at(shift))));
  const terms = neighbours
    .filter(([a, b]) => a.squares + b.squares > 0)
    .map(([a, b]) => (a.x - b.x) ** 2 / (a.squares + b.squares));
  const phi = Math.max(1, terms.length > 0 ? mean(terms) : 1);
  const [y, squares] = [before('x'), before('squares')];
  const spread = squares === null ? null : Math.sqrt(phi * (now.squares + squares / references.length));
  return {
    ...nothing,
    value: now.x,
    compared: now.x,
    reference: y,
    spread,
    z: y !== null && spread ? (now.x - y) / spread : null,
    df: phi > 1 ? degrees(neighbours.length) : null,
    tooFew: (before('entries') ?? 0) < 10,
    holiday: isHolidayMoved(asked),
  };
}

/** The difference of a rate from earlier weeks: Newcombe's inputs, or the usual range of its logarithm. */
export function rateChange(journeys: Path[], step: JourneyStep, from: JourneyStep, asked: Comparing): Change {
  const weeks = weeksOf(asked);
  const at = (which: JourneyStep, shift: number, age = ageOf(asked)) =>
    count(journeys, which, asked, shift, age);
  const sum = (which: JourneyStep) => weeks.references.reduce((total, shift) => total + at(which, shift), 0);
  const [hits, base] = [at(step, 0), at(from, 0)];
  const [referenceHits, referenceBase] = weeks.references.length > 0 ? [sum(step), sum(from)] : [null, null];
  const counts = {
    hits,
    base,
    reference_hits: referenceHits,
    reference_base: referenceBase,
    holiday: isHolidayMoved(asked),
  };
  const soFar = share(at(step, 0, Infinity), at(from, 0, Infinity));
  if (asked.view === 'cohort') {
    const reference =
      referenceHits === null || referenceBase === null ? null : share(referenceHits, referenceBase);
    return {
      ...nothing,
      ...counts,
      value: soFar,
      compared: share(hits, base),
      reference,
      tooFew: base * (reference ?? 0) < 10,
      tooEarly: ageOf(asked) < 1,
    };
  }
  const log = (shift: number) => Math.log(at(step, shift) / at(from, shift));
  const usual = usualWeeks(asked, weeks.history, [step, from]).map((shift) =>
    shift === null ? null : log(shift),
  );
  const history = usual.filter((value) => value !== null);
  const references = weeks.references.map(log);
  const whole = history.length >= 13 && history.every(Number.isFinite);
  const known = references.length > 0 && references.every(Number.isFinite);
  const s = Math.sqrt(0.5 * mean(pairs(usual).map(([a, b]) => (a - b) ** 2)));
  const spread = s * Math.sqrt(1 + 1 / references.length);
  const reference = known ? mean(references) : null;
  const now = log(0);
  const tooFew = !whole || reference === null || !Number.isFinite(now) || base * Math.exp(reference) < 10;
  return {
    ...nothing,
    ...counts,
    value: soFar,
    compared: soFar,
    reference: reference === null ? null : Math.exp(reference),
    usual_low: whole ? Math.exp(mean(history) - Z * s) : null,
    usual_high: whole ? Math.exp(mean(history) + Z * s) : null,
    spread: tooFew ? null : spread,
    z: tooFew || reference === null ? null : (now - reference) / spread,
    df: tooFew ? null : degrees(pairs(usual).length),
    tooFew,
  };
}

const nothing: Change = {
  value: null,
  compared: null,
  reference: null,
  z: null,
  df: null,
  spread: null,
  hits: null,
  base: null,
  reference_hits: null,
  reference_base: null,
  usual_low: null,
  usual_high: null,
  tooFew: false,
  tooEarly: false,
  holiday: false,
};

function share(hits: number, base: number): number | null {
  return base > 0 ? hits / base : null;
}

/** Days from the period's last day to as_of: in every cohort only steps within that age are compared. */
function ageOf(asked: Comparing): number {
  return daysFrom(earlierDay(asked.to, asked.as_of), asked.as_of);
}

/** How many days back the weeks of the history and of the reference lie, the youngest first. */
function weeksOf(asked: Comparing): { history: number[]; references: number[] } {
  const unit = 7 * Math.ceil((daysFrom(asked.from, asked.to) + 1) / 7);
  const exists = (shift: number) => addDays(asked.from, -shift) >= asked.firstDay;
  const history = Array.from({ length: HISTORY }, (_, place) => (place + 1) * unit).filter(exists);
  const wanted = {
    previous: [unit],
    last_year: [yearOf(asked)],
    mean_of_four: [1, 2, 3, 4].map((n) => n * unit),
  };
  return { history, references: wanted[asked.compare].filter(exists) };
}

/** Weeks of the history, null where a list lacks or shops may be closed around 春节: those say nothing of usual weeks. */
function usualWeeks(asked: Comparing, history: number[], steps: number[]): (number | null)[] {
  return history.map((shift) => {
    const week = { from: addDays(asked.from, -shift), to: addDays(lastDayOf(asked), -shift) };
    const lacks = asked.gaps.some((gap) => steps.includes(gap.step) && touches(gap, week));
    return lacks || isInClosure(week.from, week.to, lengthOf(asked)) ? null : shift;
  });
}

/** How many days last year's period lies back: 52 weeks, or as many as 春节 has moved. */
function yearOf(asked: Comparing): number {
  const spring = springNear(asked.from, lastDayOf(asked), lengthOf(asked));
  const before = spring && springs[springs.indexOf(spring) - 1];
  return spring && before ? daysFrom(mondayOf(before), mondayOf(spring)) : 364;
}

/** Whether some reference lies at another distance from 春节 than the period itself. */
function isHolidayMoved(asked: Comparing): boolean {
  const distance = (shift: number) => {
    const from = addDays(asked.from, -shift);
    const spring = springNear(from, addDays(lastDayOf(asked), -shift), lengthOf(asked));
    return spring && daysFrom(mondayOf(spring), from);
  };
  return weeksOf(asked).references.some((shift) => distance(shift) !== distance(0));
}

const lastDayOf = (asked: Comparing) => earlierDay(asked.to, asked.as_of);
const lengthOf = (asked: Comparing) => daysFrom(asked.from, asked.to) + 1;

function count(journeys: Path[], step: JourneyStep, asked: Comparing, shift: number, age: number): number {
  const [from, to] = [addDays(asked.from, -shift), addDays(earlierDay(asked.to, asked.as_of), -shift)];
  return journeys.filter((path) => {
    const instant = path.reached[step];
    if (instant === null || dayOf(instant) > asked.as_of) return false;
    if (asked.view === 'period') return within(dayOf(instant), from, to);
    return within(dayOf(path.beganAt), from, to) && daysFrom(dayOf(path.beganAt), dayOf(instant)) <= age;
  }).length;
}

function daysFrom(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}
