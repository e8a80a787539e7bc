import { campaignValue, contacts, type Contacts } from './campaigns.ts';
import { dayOf, within } from './days.ts';
import { ordersOf, paths, type Path } from './journeys.ts';
import { decimal, moves, takenBackOn } from './money.ts';
import {
  isAt,
  isBegunIn,
  journeySteps,
  passes,
  segments,
  type JourneyStep,
  type Question,
  type Segment,
} from './scope.ts';
import { isKnownAfter, segmentValue } from './segments.ts';
import { lastDay, storeOf, type Sources } from './sources.ts';
import { currentFacts, type CampaignDay, type Facts, type Raw, type Text } from './tables.ts';
import { wilson } from './wilson.ts';

/** One step of one segment, named like the columns of the report `funnel`. */
export interface FunnelRow {
  segment: Text;
  step_no: number;
  people: number | null;
  rate: number | null;
  rate_from: number | null;
  rate_hits: number | null;
  rate_base: number | null;
  rate_low: number | null;
  rate_high: number | null;
  rate_note: Text;
  overall_rate: number | null;
  skipped: number | null;
  cancelled_people: number | null;
  amount: Text;
}

type Rate = Pick<
  FunnelRow,
  'rate' | 'rate_from' | 'rate_hits' | 'rate_base' | 'rate_low' | 'rate_high' | 'rate_note'
>;

interface Room extends Segment {
  facts: Facts;
  question: Question;
  sources: Sources;
  contacts: Contacts;
  /** Every segment of the answer. */
  rivals: Segment[];
}

/** The report `funnel`, counted by going through everything (domain.md §1). */
export function funnel(raw: Raw, question: Question): FunnelRow[] {
  const facts = currentFacts(raw);
  return funnelOf(facts, paths(facts), question);
}

/** The same for journeys that are known already. */
export function funnelOf(facts: Facts, everyPath: Path[], question: Question): FunnelRow[] {
  const { found, sources } = segments(facts, everyPath, question, contactSegments(facts, question));
  return found.flatMap((segment) => {
    const room = {
      ...segment,
      facts,
      question,
      sources,
      rivals: found,
      contacts: contacts(facts, question, (row) => isContactOf(row, segment.name, facts, question)),
    };
    return [contactRow(room, 0), contactRow(room, 1), ...journeySteps.map((step) => stepRow(room, step))];
  });
}

/** Segments that people were reached for in the period, whether or not they became leads. */
function contactSegments(facts: Facts, question: Question): Text[] {
  const { by } = question;
  if (by !== 'channel' && by !== 'campaign') return [];
  const names = new Set(facts.campaign_days.map((row) => campaignValue(row, by, facts) ?? null));
  return [...names].filter((name) => {
    const { audience, aware } = contacts(facts, question, (row) => isContactOf(row, name, facts, question));
    return (audience ?? 0) > 0 || (aware ?? 0) > 0;
  });
}

function isContactOf(row: CampaignDay, segment: Text, facts: Facts, question: Question): boolean {
  const { by, where } = question;
  return (
    passes((field) => campaignValue(row, field, facts), where ?? []) &&
    (!by || campaignValue(row, by, facts) === segment)
  );
}

function contactRow(room: Room, step: 0 | 1): FunnelRow {
  const { audience, aware } = room.contacts;
  const rate = step === 0 ? noRate(null) : ratio(0, aware, audience);
  return {
    ...emptyRow(room, step),
    people: step === 0 ? audience : aware,
    ...rate,
  };
}

function stepRow(room: Room, step: JourneyStep): FunnelRow {
  const people = at(room, step);
  return {
    ...emptyRow(room, step),
    people: people?.length ?? null,
    ...rateOf(room, step),
    overall_rate: step > 2 ? overallRate(room, step) : null,
    skipped: people && skippedCount(people, step, room.question.as_of),
    cancelled_people: people && step === 4 ? people.filter((path) => isCancelled(path, room)).length : null,
    amount: step === 4 && (people || Number(net(room)) !== 0) ? net(room) : null,
  };
}

function emptyRow(room: Room, step: number): FunnelRow {
  return {
    segment: room.name,
    step_no: step,
    people: null,
    ...noRate(null),
    overall_rate: null,
    skipped: null,
    cancelled_people: null,
    amount: null,
  };
}

/** The segment's stores that have a source for all these steps. */
function storesWith(room: Room, ...steps: number[]): Text[] {
  return room.stores.filter((store) => steps.every((step) => room.sources.get(store)?.has(step)));
}

/** The journeys at a step in the stores that have it; null where no store has. */
function at(room: Room, step: JourneyStep, stores = storesWith(room, step)): Path[] | null {
  if (stores.length === 0) return null;
  return room.journeys.filter((path) => isAt(path, step, room.question) && stores.includes(storeOf(path)));
}

function rateOf(room: Room, step: JourneyStep): Rate {
  if (step === 2) {
    const leads = at(room, 2)?.filter((path) => {
      const campaign = path.lead?.campaign_id;
      return campaign ? room.contacts.campaigns.has(campaign) : false;
    });
    return ratio(1, leads?.length ?? null, room.contacts.aware);
  }
  const from = denominator(room, step);
  const stores = storesWith(room, from, step);
  const hits = at(room, step, stores)?.length;
  const base = at(room, from, stores)?.length;
  if (hits === undefined || base === undefined) return noRate('no_source');
  const rate = ratio(from, hits, base);
  if (isMostlyKnownAfter(room, from)) return { ...rate, rate: null, rate_note: 'known_after' };
  if (base === 0 || room.question.view === 'period') return rate;
  const interval = wilson(hits, base);
  return { ...rate, rate_low: interval.low, rate_high: interval.high, rate_note: null };
}

function denominator(room: Room, step: Exclude<JourneyStep, 2>): JourneyStep {
  if (step === 3) return 2;
  if (step > 4) return 4;
  return storesWith(room, 3, 4).length > 0 ? 3 : 2;
}

function ratio(from: number, hits: number | null, base: number | null): Rate {
  if (hits === null || base === null) return noRate('no_source');
  const counts = { rate_from: from, rate_hits: hits, rate_base: base, rate_low: null, rate_high: null };
  return base === 0
    ? { ...counts, rate: null, rate_note: 'zero_base' }
    : { ...counts, rate: hits / base, rate_note: 'not_nested' };
}

function noRate(note: Text): Rate {
  return {
    rate: null,
    rate_from: null,
    rate_hits: null,
    rate_base: null,
    rate_low: null,
    rate_high: null,
    rate_note: note,
  };
}

/**
 * More than 5 % of the journeys took a value that is asked for from a fact after the denominator. The missing value
 * is where those who never got one gather: it has no rate either while a named segment has none.
 */
function isMostlyKnownAfter(room: Room, from: number): boolean {
  if (room.name !== null) return isLate(room, room.question, from);
  return room.rivals.some((rival) => isLate(rival, room.question, from));
}

function isLate({ inScope }: Segment, { by, where }: Question, from: number): boolean {
  const fields = [...(by ? [by] : []), ...(where ?? []).map(([field]) => field)];
  const late = inScope.filter((path) =>
    fields.some((field) => isKnownAfter(segmentValue(path, field), from)),
  );
  return late.length * 20 > inScope.length;
}

function overallRate(room: Room, step: JourneyStep): number | null {
  const stores = storesWith(room, 2, step);
  const attracted = at(room, 2, stores)?.length;
  const people = at(room, step, stores)?.length;
  return attracted && people !== undefined && !isMostlyKnownAfter(room, 2) ? people / attracted : null;
}

function skippedCount(people: Path[], step: JourneyStep, asOf: string): number | null {
  if (step === 2) return people.filter((path) => path.kind === 'unannounced').length;
  if (step !== 3) return null;
  const isBy = (instant: Text) => instant !== null && dayOf(instant) <= asOf;
  return people.filter((path) => isBy(path.reached[4]) && !isBy(path.firstVisitAt)).length;
}

function isCancelled(path: Path, room: Room): boolean {
  const order = path.firstOrder;
  return order?.status === 'cancelled' && takenBackOn(order, room.facts) <= room.question.as_of;
}

/** Net money: of the journeys begun in the period so far (cohort view), or of the period. */
function net(room: Room): string {
  const { question, facts } = room;
  let total = 0n;
  for (const path of room.journeys)
    for (const order of ordersOf(path)) {
      const { signed, takenBack } = moves(order, facts);
      if (signed.day > question.as_of) continue;
      const counts = (day: string) =>
        question.view === 'period'
          ? within(day, question.from, lastDay(question))
          : isBegunIn(path, question) && day <= question.as_of;
      for (const move of [signed, takenBack]) if (move && counts(move.day)) total += move.cents;
    }
  return decimal(total);
}
