-- Which stores can say who came to a rung of the ladder.
-- The order desk: stores that keep a list of orders; selling there: that ever recorded an upsell; another touchpoint: that
-- also had a visit of its purpose in the 26 weeks up to the period's end (cohort view: from 26 weeks before its start to
-- as_of). Divided by upsell_seller such visits have to name people.
-- grain: level, store_key
-- uses: $from, $to, $as_of, $view, $by
select 0::bigint as level, coalesce(s.store, '') as store_key
from money_stores s
where s.orders_from_on <= $as_of::date
union all
select 1::bigint as level, coalesce(s.store, '') as store_key
from money_stores s
where s.upsells_from_on <= $as_of::date
union all
select distinct t.touchpoint_no as level, coalesce(t.store, '') as store_key
from touches t
join money_stores s on s.store is not distinct from t.store
where
  t.kind = 'visit'
  and s.upsells_from_on <= $as_of::date
  and (t.staff_id is not null or coalesce($by::varchar, '') <> 'upsell_seller')
  and t.happened_on between
    case when $view::varchar = 'cohort' then add_days($from::date, -182) else add_days(least($to::date, $as_of::date), -181) end
    and case when $view::varchar = 'cohort' then $as_of::date else least($to::date, $as_of::date) end
