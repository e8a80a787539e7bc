import fc from 'fast-check';
import type { FunnelStepsParams } from '#lib/server/reports.gen.ts';
import { currentTexts } from '#lib/server/reports/texts.ts';
import { buildModel, modelNamed } from '#lib/server/warehouse/models.ts';
import type { Warehouse } from '#lib/server/warehouse/warehouse.ts';
import type { Exclusion, FunnelQuestion, Happening, Step } from '../oracle/step-question.ts';

export const HOUR = 3600;
export const DAY = 24 * HOUR;
const FIRST = Date.UTC(2025, 2, 3) / 1000;
/** A number of seconds after the first day as the lists write it. */
export const instant = (at: number) =>
  new Date((FIRST + at) * 1000).toISOString().slice(0, 19).replace('T', ' ');
const day = (at: number) => instant(at).slice(0, 10);

const eventsOf = (...kinds: string[]) =>
  fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      at: fc.integer({ min: 0, max: 24 }).map((place) => place * 4 * HOUR),
      person: fc.constantFrom('p', 'q', 'r'),
      lead: fc.constantFrom('1', '2', null),
      says: fc.constantFrom('u', 'v', null),
    }),
    { minLength: 1, maxLength: 30, size: 'max' },
  );

function named(events: fc.Arbitrary<Omit<Happening, 'id'>[]>): fc.Arbitrary<Happening[]> {
  return events.map((list) =>
    list.map((one, at) => ({
      ...one,
      id: `events:${String(at).padStart(3, '0')}`,
      lead: one.lead === null ? null : `${one.person}${one.lead}`,
    })),
  );
}

/** Events of three people with up to two leads each, on a grid of four hours. */
export const happenings = named(eventsOf('a', 'b', 'c', 'x'));

/** The same where many are given up. */
export const losses = named(eventsOf('a', 'a', 'b', 'c', 'lost', 'lost', 'visit'));
const kind = fc.constantFrom('a', 'b', 'c', null);
const says = fc.option(fc.constantFrom('u', 'v'), { freq: 3, nil: undefined });
const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.record({
      kind,
      says,
      within: fc.option(fc.constantFrom(8 * HOUR, DAY), { freq: 3, nil: undefined }),
      optional: fc.constantFrom(false, false, false, true),
      anchored: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map(([first, ...rest]) => [{ ...first, kind: first?.kind ?? null, optional: false }, ...rest]);

const exclusions: fc.Arbitrary<Exclusion[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('x', 'b', null),
    says,
    from: fc.constantFrom(1, 2),
    to: fc.constantFrom(2, 3, 4),
  }),
  { maxLength: 2 },
);

/** Funnels of up to four steps, asked in every way. */
export const questions: fc.Arbitrary<FunnelQuestion> = fc
  .record({
    steps,
    exclusions: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Exclusion[]>([]) },
      { weight: 2, arbitrary: exclusions },
    ),
    says: fc.option(fc.constantFrom('u', 'v'), { freq: 6, nil: undefined }),
    order: fc.constantFrom(
      'ordered' as const,
      'ordered' as const,
      'strict' as const,
      'unordered' as const,
      'anchored' as const,
    ),
    window: fc.constantFrom(8 * HOUR, DAY, 3 * DAY, 30 * DAY),
    tolerance: fc.constantFrom(0, 0, 4 * HOUR, DAY),
    entry: fc.constantFrom('every' as const, 'every' as const, 'first' as const, 'first_ever' as const),
    open: fc.constantFrom(false, false, true),
    count: fc.constantFrom('people' as const, 'people' as const, 'leads' as const, 'totals' as const),
    hold: fc.constantFrom(false, false, true),
    from: fc.constantFrom(0, 0, DAY),
    until: fc.constantFrom(2 * DAY, 5 * DAY),
    end: fc.constantFrom(3 * DAY, 5 * DAY, 40 * DAY),
    by: fc.boolean(),
    attribution: fc.constantFrom('first' as const, 'last' as const, 'step' as const),
    attributionStep: fc.constantFrom(1, 2),
  })
  .map((question) => ({
    ...question,
    exclusions: question.exclusions.filter(({ from, to }) => from < to && to <= question.steps.length),
    attributionStep: Math.min(
      question.attributionStep,
      question.steps.filter(({ optional }) => !optional).length,
    ),
    ...(isLoose(question)
      ? { open: false, count: question.count === 'totals' ? 'people' : question.count }
      : {}),
    ...(question.open && question.count === 'totals' && !isLoose(question) ? { open: false } : {}),
  }));

function isLoose({ order }: Pick<FunnelQuestion, 'order'>): boolean {
  return order === 'unordered' || order === 'anchored';
}

/** Puts the events and their leads, none of which names a customer, in the place of those before. */
export async function load(warehouse: Warehouse, events: readonly Happening[]): Promise<void> {
  const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
  const rows = events.map(
    ({ id, kind: called, at, person, lead, says: said }, place) =>
      `('${id.slice(7)}', '${instant(at)}', '${called}', '${person}', ${text(lead)}, ${text(said && `{"g":"${said}"}`)}, 1, ${place + 2}, '2099-12-31')`,
  );
  await warehouse.write(async (transaction) => {
    await transaction.run('delete from exports.events');
    await transaction.run(
      `insert into exports.events (event_id, happened_at, kind, person_id, lead_id, attributes, batch_id, line, imported_on) values
       ('999', '1990-01-01 00:00:00', 'none', 'none', null, '{"g":"u"}', 1, 1, '2099-12-31'), ${rows.join(', ')}`,
    );
    const texts = currentTexts();
    const table = { kind: 'table', mark: null } as const;
    await buildModel(transaction, 'listed_kinds', modelNamed(texts.models, 'listed_kinds'), table, '');
  });
}

/** An event that names a lead is of that lead's person, and so is whoever it calls by the same name: their first lead. */
export function withPersons(events: Happening[]): Happening[] {
  const first = new Map<string, string>();
  for (const { person, lead } of events.toSorted((a, b) => a.at - b.at))
    if (lead !== null && !first.has(person)) first.set(person, lead);
  return events.map((event) => ({ ...event, person: event.lead ?? first.get(event.person) ?? event.person }));
}

const where = (said: string | undefined) => (said === undefined ? [] : [{ field: 'g', is: said }]);

/** A question as the reports of funnels take it. */
export function parametersOf(question: FunnelQuestion): FunnelStepsParams {
  return {
    steps: JSON.stringify(
      question.steps.map(({ kind: called, says: said, within, optional, anchored }) => ({
        kind: called,
        where: where(said),
        ...(within === undefined ? {} : { within: { n: within / HOUR, unit: 'hour' } }),
        optional,
        anchored,
      })),
    ),
    exclusions: JSON.stringify(
      question.exclusions.map(({ kind: called, says: said, from, to }) => ({
        kind: called,
        where: where(said),
        from,
        to,
      })),
    ),
    conditions: JSON.stringify(where(question.says)),
    from: day(question.from),
    to: day(question.until - DAY),
    as_of: day(question.end - DAY),
    order: question.order,
    window: question.window / HOUR,
    window_unit: 'hour',
    tolerance: question.tolerance,
    entry: question.entry,
    open: question.open,
    count: question.count,
    ...(question.hold ? { hold: 'journey' as const } : {}),
    ...(question.by ? { by: 'g' } : {}),
    attribution: question.attribution,
    attribution_step: question.attributionStep,
  };
}
