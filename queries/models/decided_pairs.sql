-- Decisions on two persons, each as the person that they name now: a customer, or the journey of a lead without one.
-- A lead that has got a customer number since is that customer. Of several decisions on the same two the latest counts.
-- grain: decision_id
-- column decision_id varchar not null: number of the decision
-- column first_id varchar not null: person_id of the one, the smaller of both
-- column second_id varchar not null: person_id of the other
-- column decision varchar not null: same or different
-- column is_latest boolean not null: nobody decided on the two later
with named as (
  select
    d.decision_id as decision_id, d.decided_at as decided_at, d.batch_id as batch_id, d.line as line, d.decision as decision,
    coalesce('C:' || coalesce(d.customer_a, a.customer_id), 'L:' || d.lead_a) as one_id,
    coalesce('C:' || coalesce(d.customer_b, b.customer_id), 'L:' || d.lead_b) as other_id
  from exports.client_decisions d
  left join begun_journeys a on a.journey_id = case when d.customer_a is null then 'L:' || d.lead_a end
  left join begun_journeys b on b.journey_id = case when d.customer_b is null then 'L:' || d.lead_b end
  where d.decision is not null
)
select
  n.decision_id::varchar as decision_id,
  least(n.one_id, n.other_id)::varchar as first_id,
  greatest(n.one_id, n.other_id)::varchar as second_id,
  n.decision::varchar as decision,
  (row_number() over (
    partition by least(n.one_id, n.other_id), greatest(n.one_id, n.other_id)
    order by n.decided_at desc, n.batch_id desc, n.line desc
  ) = 1)::boolean as is_latest
from named n
where n.one_id is not null and n.other_id is not null and n.one_id <> n.other_id
