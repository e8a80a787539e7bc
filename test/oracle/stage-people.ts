import { addDays, dayOf } from './days.ts';
import type { Path } from './journeys.ts';
import { cents, decimal } from './money.ts';
import { passes, type Question } from './scope.ts';
import { segmentValue } from './segments.ts';
import { stageOn } from './stages.ts';
import type { Facts, Text } from './tables.ts';

/** Something that a client did, as the model `client_acts` has it. */
export interface KnownAct {
  client: string;
  kind: string;
  day: string;
  order: Text;
  item: Text;
  amount: Text;
}

/** A card or a reward of a customer on a day. */
export interface Thanks {
  kind: 'card' | 'reward';
  customer: string;
  day: string;
}

/** What stages are reckoned from. */
export interface Studio {
  facts: Facts;
  everyPath: Path[];
  links: ReadonlyMap<string, string>;
  acts: readonly KnownAct[];
  thanks: readonly Thanks[];
}

export type StageQuestion = Pick<Question, 'as_of' | 'by' | 'where'>;

/** Somebody who stands in a stage on the asked day. */
export interface Person {
  client: string;
  stage: string;
  segment: Text;
  journey: Path | null;
  since: string;
  acts: KnownAct[];
  isLead: boolean;
}

/** Everybody who stands anywhere: whoever ever acts, from the day they begin, and all others who are a lead by then. */
export function peopleOf({ everyPath, links, acts }: Studio, question: StageQuestion): Person[] {
  const own = Map.groupBy(acts, ({ client }) => client);
  const journeys = Map.groupBy(everyPath, (path) => {
    const person = path.customer === null ? path.id : `C:${path.customer}`;
    return links.get(person) ?? person;
  });
  return [...new Set([...own.keys(), ...journeys.keys()])].flatMap((client) => {
    const all = own.get(client) ?? [];
    const begun = (journeys.get(client) ?? []).toSorted((a, b) =>
      a.beganAt + a.id < b.beganAt + b.id ? -1 : 1,
    );
    const [journey = null] = begun;
    const began = [...all.map(({ day }) => day), ...begun.map(({ beganAt }) => dayOf(beganAt))].toSorted()[0];
    if (began === undefined || began > question.as_of) return [];
    const valueOf = (field: Parameters<typeof segmentValue>[1]) =>
      journey && segmentValue(journey, field).text;
    if (!passes(valueOf, question.where ?? [])) return [];
    const stage = stageOn(all, question.as_of);
    let since = question.as_of;
    while (since > began && stageOn(all, addDays(since, -1)) === stage) since = addDays(since, -1);
    return [
      {
        client,
        stage,
        segment: question.by ? valueOf(question.by) : 'all',
        journey,
        since,
        acts: all.filter(({ day }) => day <= question.as_of),
        isLead: all.length === 0,
      },
    ];
  });
}

const stages = ['A', 'B', 'C', 'D', 'E'];

/** The report `stage_counts`. */
export function countsOf(people: readonly Person[]) {
  return [...Map.groupBy(people, ({ segment }) => segment)].flatMap(([segment, own]) =>
    stages.map((stage) => {
      const here = own.filter((person) => person.stage === stage);
      return {
        segment,
        stage,
        people: here.length,
        all_people: own.length,
        share: here.length / own.length,
        only_leads: here.filter(({ isLead }) => isLead).length,
        amount: decimal(here.reduce((sum, { acts }) => sum + total(acts), 0n)),
        life_span_months: 36,
      };
    }),
  );
}

/** The report `stage_clients` for one stage, all its pages, without names. */
export function listOf({ thanks, links }: Studio, question: StageQuestion, people: readonly Person[]) {
  const holders = new Set(
    thanks
      .filter(({ kind, day }) => kind === 'card' && day <= question.as_of)
      .map(({ customer }) => links.get(`C:${customer}`) ?? `C:${customer}`),
  );
  return people
    .toSorted((a, b) => (a.since === b.since ? (a.client < b.client ? -1 : 1) : a.since > b.since ? -1 : 1))
    .map(({ client, stage, journey, since, acts }, at) => ({
      row_no: at + 1,
      all_rows: people.length,
      client_id: client,
      customer_id: client.startsWith('C:') ? client.slice(2) : null,
      store: journey && segmentValue(journey, 'store').text,
      channel: journey && segmentValue(journey, 'channel').text,
      from_on: since,
      last_on:
        acts
          .map(({ day }) => day)
          .toSorted()
          .at(-1) ?? null,
      orders: acts.filter(({ kind }) => kind === 'order').length,
      amount: decimal(total(acts)),
      next_lever: leverOf(stage, holders.has(client)),
    }));
}

function leverOf(stage: string, holds: boolean): string {
  if (stage === 'B') return holds ? 'second_order' : 'referral_card';
  return { A: 'first_order', C: 'thank', D: 'remind' }[stage] ?? 'win_back';
}

/** The report `stage_levers`, person by person; without levels of cards. */
export function leversOf(
  { facts, everyPath, links, thanks }: Studio,
  question: StageQuestion,
  people: readonly Person[],
) {
  const linked = (person: string) => links.get(person) ?? person;
  const packages = new Map(facts.orders.map((row) => [row.order_id, row.package]));
  const customers = new Map(everyPath.map(({ id, customer }) => [id, customer]));
  const callable = new Set([
    ...facts.customers
      .filter(({ phone, partner_phone }) => (phone ?? partner_phone) !== null)
      .map(({ customer_id }) => linked(`C:${customer_id}`)),
    ...facts.leads
      .filter(({ phone, created_at }) => phone !== null && dayOf(created_at) <= question.as_of)
      .map(({ lead_id }) => {
        const customer = customers.get(`L:${lead_id}`) ?? null;
        return linked(customer === null ? `L:${lead_id}` : `C:${customer}`);
      }),
  ]);
  const thanked = (kind: Thanks['kind']) =>
    new Set(
      thanks
        .filter((one) => one.kind === kind && one.day <= question.as_of)
        .map(({ customer }) => linked(`C:${customer}`)),
    );
  const [holders, rewarded] = [thanked('card'), thanked('reward')];
  const told = people.flatMap(({ client, segment, stage, journey, acts }) => {
    const values: [string, Text][] = [
      ...acts
        .filter(({ kind }) => kind === 'order')
        .map(({ order }): [string, Text] => ['package', packages.get(order ?? '') ?? null]),
      ...acts.filter(({ kind }) => kind === 'upsell').map(({ item }): [string, Text] => ['item', item]),
      ['channel', journey && segmentValue(journey, 'channel').text],
      ['contact', callable.has(client) ? 'phone' : null],
      ['loyalty', acts.some(({ kind }) => kind === 'referral') ? 'brought' : null],
      ['loyalty', holders.has(client) ? 'card' : null],
      ['loyalty', rewarded.has(client) ? 'reward' : null],
    ];
    return [
      ...new Set(values.flatMap(([lever, value]) => (value === null ? [] : [`${lever}\n${value}`]))),
    ].map((key) => ({ segment, stage, key }));
  });
  return [
    ...Map.groupBy(told, ({ segment, stage, key }) => JSON.stringify([segment, stage, key])).values(),
  ].map((own) => {
    const { segment, stage, key } = own[0] ?? { segment: null, stage: '', key: '' };
    const [lever = '', value = ''] = key.split('\n');
    const all = people.filter((person) => person.segment === segment && person.stage === stage).length;
    return { segment, stage, lever, value, people: own.length, stage_people: all, share: own.length / all };
  });
}

function total(acts: readonly KnownAct[]): bigint {
  return acts.reduce((sum, { amount }) => sum + (amount === null ? 0n : cents(amount)), 0n);
}
