import fc from 'fast-check';
import type { Told } from '../oracle/going-on.ts';
import type { FunnelQuestion, Happening } from '../oracle/step-question.ts';
import type { GivenRow } from '../queries/case.ts';
import { DAY, HOUR, instant, questions } from './walks.ts';

/** Whose events are drawn; the channel and store of their leads stay, whatever they do. */
const MEMBERS = 48;
const member = (place: number) => `m${String(place).padStart(2, '0')}`;
const leads = Array.from({ length: MEMBERS }, (_, place) => ({
  lead: member(place),
  at: -30 * DAY + place * 60,
  told: { channel: `c${place % 3}`, store: `s${(place % 4) >> 1}`, inviter: `i${(place % 5) >> 1}` },
}));
/** What the list of leads itself says. */
export const created: Happening[] = leads.map(({ lead, at }) => ({
  id: `leads:${lead}`,
  kind: 'lead',
  at,
  person: lead,
  lead,
  says: null,
}));
const toldOf = new Map(leads.map(({ lead, told }) => [lead, told]));
const nobody = { channel: null, store: null, inviter: null };
/** What a driver can be, of the event of a step. */
export const told = ({ lead, says }: Happening): Told => ({ ...(toldOf.get(lead ?? '') ?? nobody), g: says });

/** The leads as rows of their list. */
export const leadRows = leads.map(({ lead, at, told: { channel, store, inviter } }, place): GivenRow => {
  const number = String(place + 1);
  const kept = { batch_id: '9', line: number, imported_on: '2099-12-31' };
  return { ...kept, lead_id: lead, created_at: instant(at), channel, store, staff_id: inviter };
});

/** What a crowd did: most come once or twice, and those whom a value or a channel draws come further. */
export const crowds: fc.Arbitrary<Happening[]> = fc
  .record({
    acts: fc.array(
      fc.record({
        kind: fc.constantFrom('a', 'a', 'b', 'c', 'x'),
        place: fc.nat({ max: MEMBERS - 1 }),
        at: fc.integer({ min: 0, max: 24 }),
        says: fc.constantFrom('u', 'v', null),
        isOfLead: fc.constantFrom(true, true, true, false),
      }),
      { minLength: 80, maxLength: 160, size: 'max' },
    ),
    drawn: fc.constantFrom('u', 'c0', 'c1', 's1', 'nobody'),
  })
  .map(({ acts, drawn }) =>
    acts
      .flatMap(({ kind, place, at, says, isOfLead }) => {
        const act = { kind, at: at * 4 * HOUR, person: member(place), lead: isOfLead ? member(place) : null };
        const { channel, store } = toldOf.get(member(place)) ?? nobody;
        const goesOn = kind === 'a' && [says, channel, store].includes(drawn);
        return goesOn
          ? [
              { ...act, says },
              { ...act, says, kind: 'b', at: act.at + HOUR },
            ]
          : [{ ...act, says }];
      })
      .map((act, place) => ({ ...act, id: `events:${String(place).padStart(3, '0')}` })),
  );

/** Funnels that begin with what many did; every other one lets all of them come as far as some are drawn to. */
export const asked = fc.tuple(questions, fc.boolean()).map(([question, isWide]): FunnelQuestion => {
  const [, second = { kind: 'b' }, ...rest] = question.steps;
  const steps = [{ kind: 'a' }, { ...second, optional: false }, ...rest];
  const exclusions = question.exclusions.filter(({ to }) => to <= steps.length);
  return isWide
    ? { ...question, ...wide, steps: [{ kind: 'a' }, { kind: 'b' }] }
    : { ...question, steps, exclusions };
});
const wide = {
  exclusions: [],
  says: undefined,
  window: DAY,
  entry: 'every',
  hold: false,
  attribution: 'first',
  from: 0,
  until: 5 * DAY,
  end: 40 * DAY,
} as const satisfies Partial<FunnelQuestion>;
