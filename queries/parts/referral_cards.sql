-- Cards handed out by as_of, with who holds them and in which generation they stand.
-- grain: card_no
-- uses: referral_places, $as_of
with handed as (
  select
    c.card_no as card_no,
    day_of(c.issued_at) as issued_on,
    coalesce(c.cost, 0)::decimal(18,2) as cost,
    c.level as level,
    coalesce(k.client_id, 'C:' || c.customer_id)::varchar as client_key
  from exports.cards c
  left join client_links k on k.person_id = 'C:' || c.customer_id
  where day_of(c.issued_at) <= $as_of::date and day_of(c.issued_at) <= c.imported_on
)
select h.card_no as card_no, h.issued_on as issued_on, h.cost as cost, h.level as level, h.client_key as client_key,
  coalesce(p.generation, 0)::bigint as generation
from handed h
left join referral_places p on p.client_key = h.client_key
