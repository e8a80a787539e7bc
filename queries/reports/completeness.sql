-- How complete each column of each list is, and which column used to be filled and no longer is: that one comes first.
-- Counted are the rows that count now. Whether a column is still kept is judged by the 60 weeks up to as_of, once for the whole
-- list and once for each store. A column has
-- stopped: rows came after the last one that has a value, and at the share of the 26 weeks up to that one at least 16 of them
-- would have had one; it is said for 26 weeks;
-- fallen: of the rows of the last four weeks at most half as many have a value as at the share of the 26 weeks before, and at
-- least four standard deviations of such a count (its square root) fewer.
-- Sixteen is four standard deviations of itself, so that both are equally far from chance: rows come in bunches, and 162
-- columns, many of them in several stores, are judged every day. Values that are filled in later than their row (a loss, a
-- cancellation, a cost) are judged without the last 56 days.
-- Called out is the column of a store, unless it has stopped in the whole list, and that of the whole list where no single store
-- explains it. Personal columns are counted like all others; nobody's value stands here.
-- grain: table_name, column_name, scope, store
-- audience: owner, marketer
-- uses: list_rows, list_columns
-- param as_of date default as_of: rows of later days are left out; a row without a date of its own is not, and has the day of its import
-- param table_name varchar (leads | visits | orders | upsells | payments | campaigns | campaign_days | customers | staff | followups | cards | referral_rewards | appointments | complaints | surveys | brand_surveys | experiments | assignments | targets | events) optional: only this list
-- param stores varchar (called | all | none) default called: which columns of single stores are given: those called out, all or none
-- rows rows: column_rows
-- rows filled, share: column_rows value='filled'
-- rows recent_rows: column_rows first_on=recent_from last_on=judged_to
-- rows recent_filled, recent_share: column_rows value='filled' first_on=recent_from last_on=judged_to
-- rows empty_rows: column_rows value='empty' first_on=empty_from last_on=judged_to
-- formula share: filled / rows
-- formula recent_share: recent_filled / recent_rows
-- formula earlier_share: earlier_filled / earlier_rows
-- column table_no bigint not null: order of the lists
-- column table_name varchar not null: list, as in the contract
-- column column_no bigint not null: order of the columns of the list
-- column column_name varchar not null: column, as in the contract
-- column scope varchar not null: list (the whole list) or store (one store)
-- column store varchar: store of the rows where scope is store; null for rows without one
-- column state varchar not null: stopped, fallen, full (every row has a value), partly, or never (none has)
-- column called boolean not null: called out
-- column rows bigint not null: rows that count
-- column filled bigint not null: rows with a value
-- column share double: filled / rows
-- column recent_from date not null: first of the last four weeks that are judged
-- column judged_to date not null: last day that is judged
-- column recent_rows bigint not null: rows of those four weeks
-- column recent_filled bigint not null: rows of those four weeks with a value
-- column recent_share double: recent_filled / recent_rows
-- column earlier_rows bigint not null: rows of the 26 weeks before
-- column earlier_filled bigint not null: rows of the 26 weeks before with a value
-- column earlier_share double: earlier_filled / earlier_rows
-- column last_filled_on date: day of the last row with a value; null where no row of the 60 weeks up to as_of has one
-- column empty_from date: day of the first row after the last one with a value that are both judged; null where a value came last or over 26 weeks ago
-- column empty_rows bigint not null: rows from empty_from to judged_to
-- column expected_filled double: rows that should have a value at the share before: of empty_rows where it has stopped, else of recent_rows
with days as materialized (
  select
    r.table_no as table_no,
    coalesce(r.store, '') as store_key,
    case when r.day > add_days($as_of::date, -420) then r.day end as day,
    count(*)::bigint as rows,
    sum(r.f1)::bigint as f1, sum(r.f2)::bigint as f2, sum(r.f3)::bigint as f3, sum(r.f4)::bigint as f4,
    sum(r.f5)::bigint as f5, sum(r.f6)::bigint as f6, sum(r.f7)::bigint as f7, sum(r.f8)::bigint as f8,
    sum(r.f9)::bigint as f9, sum(r.f10)::bigint as f10, sum(r.f11)::bigint as f11, sum(r.f12)::bigint as f12,
    sum(r.f13)::bigint as f13, sum(r.f14)::bigint as f14, sum(r.f15)::bigint as f15, sum(r.f16)::bigint as f16,
    sum(r.f17)::bigint as f17, sum(r.f18)::bigint as f18, sum(r.f19)::bigint as f19, sum(r.f20)::bigint as f20
  from list_rows r
  where r.happened_at is null or r.day <= $as_of::date
  group by r.table_no, coalesce(r.store, ''), case when r.day > add_days($as_of::date, -420) then r.day end
),
lists as (
  select d.table_no as table_no, coalesce(max(d.day), $as_of::date) as last_on, max((d.store_key <> '')::int) as has_stores
  from days d
  group by d.table_no
),
spread as materialized (
  select
    c.table_no as table_no,
    c.column_no as column_no,
    d.store_key as store_key,
    add_days(l.last_on, -c.settles_days) as judged_to,
    l.has_stores as has_stores,
    d.day as day,
    d.rows as rows,
    case c.column_no
      when 1 then d.f1 when 2 then d.f2 when 3 then d.f3 when 4 then d.f4 when 5 then d.f5
      when 6 then d.f6 when 7 then d.f7 when 8 then d.f8 when 9 then d.f9 when 10 then d.f10
      when 11 then d.f11 when 12 then d.f12 when 13 then d.f13 when 14 then d.f14 when 15 then d.f15
      when 16 then d.f16 when 17 then d.f17 when 18 then d.f18 when 19 then d.f19 when 20 then d.f20
    end as filled
  from days d
  join lists l on l.table_no = d.table_no
  join list_columns c on c.table_no = d.table_no
  where $table_name::varchar is null or c.table_name = $table_name::varchar
),
of_stores as materialized (
  select
    s.table_no as table_no,
    s.column_no as column_no,
    s.store_key as store_key,
    s.judged_to as judged_to,
    max(s.has_stores) as has_stores,
    sum(s.rows)::bigint as rows,
    sum(s.filled)::bigint as filled,
    coalesce(sum(case when s.day between add_days(s.judged_to, -27) and s.judged_to then s.rows end), 0)::bigint as recent_rows,
    coalesce(sum(case when s.day between add_days(s.judged_to, -27) and s.judged_to then s.filled end), 0)::bigint as recent_filled,
    coalesce(sum(case when s.day between add_days(s.judged_to, -209) and add_days(s.judged_to, -28) then s.rows end), 0)::bigint
      as earlier_rows,
    coalesce(sum(case when s.day between add_days(s.judged_to, -209) and add_days(s.judged_to, -28) then s.filled end), 0)::bigint
      as earlier_filled,
    max(case when s.filled > 0 then s.day end) as last_filled_on,
    max(case when s.filled > 0 and s.day <= s.judged_to then s.day end) as last_judged_on
  from spread s
  group by s.table_no, s.column_no, s.store_key, s.judged_to
),
cells as materialized (
  select
    1::bigint as scope_no,
    t.table_no as table_no,
    t.column_no as column_no,
    '' as store_key,
    t.judged_to as judged_to,
    sum(t.rows)::bigint as rows,
    sum(t.filled)::bigint as filled,
    sum(t.recent_rows)::bigint as recent_rows,
    sum(t.recent_filled)::bigint as recent_filled,
    sum(t.earlier_rows)::bigint as earlier_rows,
    sum(t.earlier_filled)::bigint as earlier_filled,
    max(t.last_filled_on) as last_filled_on,
    max(t.last_judged_on) as last_judged_on
  from of_stores t
  group by t.table_no, t.column_no, t.judged_to
  union all
  select
    2::bigint as scope_no,
    t.table_no as table_no,
    t.column_no as column_no,
    t.store_key as store_key,
    t.judged_to as judged_to,
    t.rows as rows,
    t.filled as filled,
    t.recent_rows as recent_rows,
    t.recent_filled as recent_filled,
    t.earlier_rows as earlier_rows,
    t.earlier_filled as earlier_filled,
    t.last_filled_on as last_filled_on,
    t.last_judged_on as last_judged_on
  from of_stores t
  where t.has_stores = 1 and $stores::varchar <> 'none'
),
runs as (
  select
    c.scope_no as scope_no,
    c.table_no as table_no,
    c.column_no as column_no,
    c.store_key as store_key,
    min(case when s.day > c.last_judged_on then s.day end) as empty_from,
    sum(case when s.day > c.last_judged_on then s.rows else 0 end)::bigint as empty_rows,
    sum(case when s.day <= c.last_judged_on then s.rows else 0 end)::bigint as before_rows,
    sum(case when s.day <= c.last_judged_on then s.filled else 0 end)::bigint as before_filled
  from cells c
  join spread s on s.table_no = c.table_no and s.column_no = c.column_no
  where
    c.last_judged_on < c.judged_to
    and c.last_judged_on > add_days(c.judged_to, -182)
    and (c.scope_no = 1 or s.store_key = c.store_key)
    and s.day between add_days(c.last_judged_on, -181) and c.judged_to
  group by c.scope_no, c.table_no, c.column_no, c.store_key
),
expected as (
  select
    c.*,
    r.empty_from as empty_from,
    coalesce(r.empty_rows, 0)::bigint as empty_rows,
    coalesce(r.empty_rows * safe_ratio(r.before_filled, r.before_rows), 0e0) as expected_empty,
    c.recent_rows * safe_ratio(c.earlier_filled, c.earlier_rows) as expected_recent
  from cells c
  left join runs r
    on r.scope_no = c.scope_no and r.table_no = c.table_no and r.column_no = c.column_no and r.store_key = c.store_key
),
judged as materialized (
  select
    e.*,
    case
      when e.filled = 0 then 'never'
      when e.expected_empty >= 16e0 then 'stopped'
      when
        e.recent_filled <= 0.5e0 * e.expected_recent
        and power(e.expected_recent - e.recent_filled, 2e0) >= 16e0 * e.expected_recent
        and e.expected_recent > 0e0
        then 'fallen'
      when e.filled = e.rows then 'full'
      else 'partly'
    end as state
  from expected e
),
explained as (
  select
    j.table_no as table_no,
    j.column_no as column_no,
    max((j.scope_no = 1 and j.state = 'stopped')::int) as stopped_everywhere,
    max((j.scope_no = 2 and j.state in ('stopped', 'fallen'))::int) as is_of_stores
  from judged j
  group by j.table_no, j.column_no
),
called_out as (
  select
    j.*,
    (
      j.state in ('stopped', 'fallen')
      and case when j.scope_no = 1 then x.stopped_everywhere = 1 or x.is_of_stores = 0 else x.stopped_everywhere = 0 end
    ) as called
  from judged j
  join explained x on x.table_no = j.table_no and x.column_no = j.column_no
)
select
  o.table_no::bigint as table_no,
  c.table_name::varchar as table_name,
  o.column_no::bigint as column_no,
  c.column_name::varchar as column_name,
  (case when o.scope_no = 1 then 'list' else 'store' end)::varchar as scope,
  nullif(o.store_key, '')::varchar as store,
  o.state::varchar as state,
  o.called::boolean as called,
  o.rows::bigint as rows,
  o.filled::bigint as filled,
  safe_ratio(o.filled, o.rows)::double as share,
  add_days(o.judged_to, -27)::date as recent_from,
  o.judged_to::date as judged_to,
  o.recent_rows::bigint as recent_rows,
  o.recent_filled::bigint as recent_filled,
  safe_ratio(o.recent_filled, o.recent_rows)::double as recent_share,
  o.earlier_rows::bigint as earlier_rows,
  o.earlier_filled::bigint as earlier_filled,
  safe_ratio(o.earlier_filled, o.earlier_rows)::double as earlier_share,
  o.last_filled_on::date as last_filled_on,
  o.empty_from::date as empty_from,
  o.empty_rows::bigint as empty_rows,
  (case when o.state = 'stopped' then o.expected_empty else o.expected_recent end)::double as expected_filled
from called_out o
join list_columns c on c.table_no = o.table_no and c.column_no = o.column_no
where o.scope_no = 1 or $stores::varchar = 'all' or o.called
order by (case when o.called then 0 else 1 end), o.table_no, o.column_no, o.scope_no, o.store_key
