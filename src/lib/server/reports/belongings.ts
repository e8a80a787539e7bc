/**
 * Which rows of a table belong to a viewer: `all` (they tell of no store and no person), `none`, those for which a
 * condition on `t` holds, or those that its own statement makes of what belongs to the viewer (`made`: models only).
 * A condition reads other tables as `own_NAME`.
 */
export type Rule = 'all' | 'none' | 'made' | { readonly where: string; readonly reads?: readonly string[] };

/** The rules of a table for a manager of stores and for one of the staff. */
export type Belonging = { readonly stores?: Rule; readonly own?: Rule };

const OF_STORE: Rule = {
  where: `t.store is not null and is_in($viewer_stores::varchar[], coalesce(t.store, ''))`,
};
const OF_JOURNEY: Rule = {
  where: 't.journey_id in (select j.journey_id from own_paths j)',
  reads: ['paths'],
};
const OF_BEGUN_JOURNEY: Rule = {
  where: 't.journey_id in (select j.journey_id from own_begun_journeys j)',
  reads: ['begun_journeys'],
};
/** What is told of a store of one's own, or of one that has an order of an own journey: whether it keeps a list. */
const OF_SELLING_STORE: Rule = {
  where: `is_in($viewer_stores::varchar[], coalesce(t.store, '')) or t.store in (select e.store from own_money_entries e where e.store is not null)`,
  reads: ['money_entries'],
};
const OF_STAFF: Rule = {
  where: `coalesce(t.inviter = $viewer_staff::varchar, false) or coalesce(t.seller = $viewer_staff::varchar, false)`,
};
const OF_LEAD: Rule = {
  where: `'L:' || t.lead_id in (select j.journey_id from own_begun_journeys j)`,
  reads: ['begun_journeys'],
};
const OF_CUSTOMER: Rule = {
  where: `t.customer_id in (select j.customer_id from own_begun_journeys j where j.customer_id is not null)`,
  reads: ['begun_journeys'],
};

/** An event of no journey belongs to the stores of the person's journeys. */
const OF_PERSON: Rule = {
  where: `case
    when t.journey_id is not null then t.journey_id in (select j.journey_id from own_begun_journeys j)
    else t.person_id in (
      select coalesce('C:' || j.customer_id, j.journey_id) from own_begun_journeys j
    )
  end`,
  reads: ['begun_journeys'],
};

/** A client's act of no journey, that is, a lead that their card brought, belongs to the store of that lead. */
const OF_ACT: Rule = {
  where: `case
    when t.journey_id is not null then t.journey_id in (select j.journey_id from own_paths j)
    else t.store is not null and is_in($viewer_stores::varchar[], coalesce(t.store, ''))
  end`,
  reads: ['paths'],
};
const OF_CLIENT: Rule = {
  where: `t.client_no in (select a.client_no from own_client_acts a)`,
  reads: ['client_acts'],
};
const ofRecord = (kind: 'order' | 'visit') => ({
  where: `t.${kind}_id in (select a.act_id from own_acts a where a.kind = '${kind}')`,
  reads: ['acts'],
});

/** Who is the same as somebody, and what was decided of two of whom both belong to the viewer. */
const isOwnPerson = (id: string) =>
  `${id} in (select coalesce('C:' || j.customer_id, j.journey_id) from own_begun_journeys j)`;
const OF_LINK: Rule = { where: isOwnPerson('t.person_id'), reads: ['begun_journeys'] };
const OF_PAIR: Rule = {
  where: `${isOwnPerson('t.first_id')} and ${isOwnPerson('t.second_id')}`,
  reads: ['begun_journeys'],
};
const OF_DECISION: Rule = {
  where: 't.decision_id in (select d.decision_id from own_decided_pairs d)',
  reads: ['decided_pairs'],
};
/** A reward belongs to the store of its order, one without an order to that of who was given it. */
const OF_REWARD: Rule = {
  where: `case
    when t.order_id is not null then t.order_id in (select a.act_id from own_acts a where a.kind = 'order')
    else t.referrer_customer_id in (select j.customer_id from own_begun_journeys j where j.customer_id is not null)
  end`,
  reads: ['acts', 'begun_journeys'],
};

/**
 * What belongs to whom, table by table. A row belongs to the store of its journey, as in filters; one without a store to
 * no manager. One's own are the journeys whose inviter or seller one is. Daily figures of campaigns know no store. A table
 * that does not stand here is read by nobody but those who see the whole house.
 */
export const belongings: Readonly<Record<string, Belonging>> = {
  begun_journeys: { stores: OF_STORE, own: OF_STAFF },
  journeys: { stores: OF_STORE, own: OF_STAFF },
  journey_days: { stores: OF_STORE, own: 'made' },
  paths: { stores: OF_STORE, own: OF_BEGUN_JOURNEY },
  later_journeys: { stores: OF_BEGUN_JOURNEY, own: OF_BEGUN_JOURNEY },
  acts: { stores: OF_JOURNEY, own: OF_JOURNEY },
  touches: { stores: OF_JOURNEY, own: OF_JOURNEY },
  open_balances: { stores: OF_JOURNEY, own: OF_JOURNEY },
  client_links: { stores: OF_LINK },
  client_traits: { stores: 'made' },
  client_kinds: { stores: 'made' },
  decided_pairs: { stores: OF_PAIR },
  events: { stores: OF_PERSON, own: OF_PERSON },
  client_acts: { stores: OF_ACT },
  clients: { stores: OF_CLIENT },
  client_stages: { stores: OF_CLIENT },
  money_entries: { stores: OF_JOURNEY, own: OF_JOURNEY },
  money_stores: { stores: OF_SELLING_STORE, own: 'all' },
  gaps: { stores: OF_STORE, own: 'all' },
  source_days: { stores: OF_STORE, own: 'all' },
  source_spans: { stores: OF_STORE, own: 'all' },
  table_days: { stores: OF_STORE },
  closed_days: { stores: 'all', own: 'all' },
  movable_festivals: { stores: 'all', own: 'all' },
  life_span: { stores: 'all', own: 'all' },
  segment_fields: { stores: 'all', own: 'all' },
  event_fields: { stores: 'all' },
  listed_kinds: { stores: 'all', own: 'all' },
  'exports.client_decisions': { stores: OF_DECISION },
  'exports.leads': { stores: OF_LEAD, own: OF_LEAD },
  'exports.orders': { stores: ofRecord('order') },
  'exports.visits': { stores: ofRecord('visit') },
  'exports.customers': { stores: OF_CUSTOMER, own: OF_CUSTOMER },
  'exports.upsells': { stores: ofRecord('order') },
  'exports.cards': { stores: OF_CUSTOMER },
  'exports.referral_rewards': { stores: OF_REWARD },
  'exports.staff': { stores: 'all', own: 'all' },
  'exports.campaigns': { stores: 'all', own: 'all' },
  'exports.campaign_days': { stores: 'none', own: 'none' },
};
