-- Who sold what beyond the order, with the credit shared between seller and co-seller.
-- Half of an upsell to each where both are recorded and differ, else the whole to whoever is; upsells that name nobody stand in
-- a row without a person. So the credits of a segment add up to its upsells, and those of all to what upsell_ladder says.
-- What a person sold depends on whom they were sent: attach rates of people are those of upsell_ladder and the staff reports.
-- grain: segment, staff_id
-- audience: owner, manager stores
-- uses: upsell_credits
-- param from date default first_day: first business day, inclusive
-- param to date default as_of: last business day, inclusive
-- param as_of date default as_of: nothing later than this day is counted
-- param view varchar (cohort | period) default period: upsells of the orders signed in the period, or sold in it
-- param touchpoint_no bigint (1 .. 5) optional: only this one: 1 order desk, 2 shoot, 3 viewing, 4 pickup, 5 not named
-- param by varchar (item) optional segment: field of the order's journey, or the item
-- param where varchar[] filters: entries field=value, of the order's journey
-- rows upsells, credit, amount, credit_amount: credit_rows
-- rows shared: credit_rows only='shared'
-- column segment varchar: value of the segment, all without one, null where the value is missing
-- column staff_id varchar staff: who sold or helped to sell; null for upsells that name nobody
-- column staff_name varchar staff: name of that person in the list of staff
-- column upsells bigint not null: upsells sold in which the person had a part
-- column shared bigint not null: of them, those shared with somebody else
-- column credit decimal(18,2) not null: upsells credited, a shared one as a half
-- column amount decimal(18,2) not null: money of all these upsells
-- column credit_amount decimal(18,2) not null: money credited, half of a shared one
-- column amount_share double: credit_amount / that of all people of the segment
with summed as (
  select
    u.segment as segment,
    u.staff_id as staff_id,
    count(*)::bigint as upsells,
    sum((u.co_seller is not null)::int)::bigint as shared,
    sum(u.credit)::decimal(18,2) as credit,
    sum(u.amount)::decimal(18,2) as amount,
    sum(u.credit_amount)::decimal(18,2) as credit_amount
  from upsell_credits u
  where $touchpoint_no::bigint is null or u.touchpoint_no = $touchpoint_no::bigint
  group by u.segment, u.staff_id
),
shares as (
  select s.*, sum(s.credit_amount) over (partition by s.segment) as all_amount
  from summed s
)
select
  s.segment::varchar as segment,
  s.staff_id::varchar as staff_id,
  p.name::varchar as staff_name,
  s.upsells::bigint as upsells,
  s.shared::bigint as shared,
  s.credit::decimal(18,2) as credit,
  s.amount::decimal(18,2) as amount,
  s.credit_amount::decimal(18,2) as credit_amount,
  safe_ratio(s.credit_amount, s.all_amount)::double as amount_share
from shares s
left join exports.staff p on p.staff_id = s.staff_id
order by s.segment nulls last, s.staff_id nulls last
