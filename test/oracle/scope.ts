import { dayOf, within } from './days.ts';
import { ordersOf, type Path } from './journeys.ts';
import { moves } from './money.ts';
import { segmentValue, type SegmentField } from './segments.ts';
import { lastDay, sources, storeOf, type Period, type Sources } from './sources.ts';
import type { Facts, Text } from './tables.ts';

/** The steps that journeys reach. */
export const journeySteps = [2, 3, 4, 5, 6] as const;
export type JourneyStep = (typeof journeySteps)[number];

/** A filter: a field and the value asked for; the empty value asks for journeys without one. */
export type Filter = [SegmentField, string];

export interface Question extends Period {
  by?: SegmentField | undefined;
  where?: Filter[] | undefined;
}

/** The journeys of one segment, those of them that play a part in the period, and their stores. */
export interface Segment {
  name: Text;
  journeys: Path[];
  inScope: Path[];
  stores: Text[];
}

/** Whether a journey counts at a step in the asked view. */
export function isAt(path: Path, step: JourneyStep, period: Period): boolean {
  const instant = path.reached[step];
  if (instant === null) return false;
  if (period.view === 'period') return within(dayOf(instant), period.from, lastDay(period));
  return isBegunIn(path, period) && dayOf(instant) <= period.as_of;
}

/** Whether a journey began in the asked period. */
export function isBegunIn(path: Path, period: Period): boolean {
  return within(dayOf(path.beganAt), period.from, lastDay(period));
}

/** Whether a value passes the filters of its field: several values of one field are alternatives. */
export function passes(value: (field: SegmentField) => Text | undefined, where: Filter[]): boolean {
  return where.every(([field]) =>
    where.some(([other, wanted]) => other === field && value(field) === (wanted || null)),
  );
}

/** The segments of a question: `all`, or every value with a journey or money in the period. */
export function segments(facts: Facts, everyPath: Path[], question: Question, contactSegments: Text[]) {
  const asked = everyPath.filter(
    (path) =>
      isKnownBy(path, question.as_of) &&
      passes((field) => segmentValue(path, field).text, question.where ?? []),
  );
  const { by } = question;
  const nameOf = (path: Path) => (by ? segmentValue(path, by).text : 'all');
  const active = asked.filter((path) => isInScope(path, question) || hasMoney(path, facts, question));
  const names = new Set([...active.map(nameOf), ...contactSegments, ...(by ? [] : ['all'])]);
  const everyStore = [...new Set(everyPath.filter((p) => isKnownBy(p, question.as_of)).map(storeOf))];
  const found = [...names].map((name): Segment => {
    const journeys = asked.filter((path) => nameOf(path) === name);
    return {
      name,
      journeys,
      inScope: journeys.filter((path) => isInScope(path, question)),
      stores: journeys.length > 0 ? [...new Set(journeys.map(storeOf))] : everyStore,
    };
  });
  return { found, sources: sources(everyPath, question) satisfies Sources };
}

/** Whether anything of the journey had happened by a day. */
function isKnownBy(path: Path, day: string): boolean {
  return [path.beganAt, path.reached[3]].some((instant) => instant !== null && dayOf(instant) <= day);
}

function isInScope(path: Path, period: Period): boolean {
  return journeySteps.some((step) => isAt(path, step, period));
}

function hasMoney(path: Path, facts: Facts, period: Period): boolean {
  if (period.view === 'cohort') return false;
  return ordersOf(path)
    .filter((order) => dayOf(order.ordered_at) <= period.as_of)
    .flatMap((order) => Object.values(moves(order, facts)))
    .some((move) => move !== null && within(move.day, period.from, lastDay(period)));
}
