-- Rows that are probably one and the same under two keys, by kind: the same person, visit, order or payment twice.
-- Nothing is taken away or joined for it, and every number still counts them all; duplicate_rows shows the rows, and whoever
-- knows the people decides. Looked for are
-- same_phone_lead, same_wechat_lead: leads of one telephone or WeChat number, each within 30 days of the one before; later somebody has
-- come back, which is a lead of its own;
-- same_phone_customer, same_wechat_customer: customers of one number;
-- same_visit: one lead's (else customer's) visits of one purpose to one store on one day;
-- same_order: one customer's (else lead's) orders of the same amount on one day, none of them cancelled;
-- same_upsell: the same item, amount, quantity, occasion and outcome of one order in the same minute;
-- same_payment: the same amount of the same kind of one order in the same minute;
-- same_appointment: one order's (else lead's, else customer's) appointments of one purpose for the same minute, not moved or cancelled;
-- same_followup: one member of staff's same kind of follow-up of one order (else lead, else visit) in the same minute;
-- same_reward: rewards of one referrer for one order; same_staff: members of staff of one name in one store.
-- A list that has days only is compared by the day. A number that more than 20 leads or customers share is nobody's own, such as
-- the store's, and is left out. A row may be found in two ways.
-- grain: kind_no
-- audience: owner, marketer
-- uses: duplicate_marks, duplicate_kinds
-- rows groups, rows, extra_rows: duplicate_rows
-- formula extra_rows: rows - groups
-- column kind_no bigint not null: order of the kinds
-- column kind varchar not null: what seems to stand there twice
-- column table_name varchar not null: list of the rows
-- column groups bigint not null: how many people, visits, orders and so on stand there more than once
-- column rows bigint not null: rows that they have together
-- column extra_rows bigint not null: rows too many, if each is one: rows - groups
-- column extra_amount decimal(18,2): money of the rows too many; null where rows carry none
-- column last_at timestamp: moment of the latest of these rows
with found as (
  select
    m.kind_no as kind_no,
    count(distinct m.first_id)::bigint as groups,
    count(*)::bigint as rows,
    sum(case when m.id <> m.first_id then m.amount end)::decimal(18,2) as extra_amount,
    max(m.happened_at) as last_at
  from duplicate_marks m
  group by m.kind_no
)
select
  k.kind_no::bigint as kind_no,
  k.kind::varchar as kind,
  k.table_name::varchar as table_name,
  coalesce(f.groups, 0)::bigint as groups,
  coalesce(f.rows, 0)::bigint as rows,
  (coalesce(f.rows, 0) - coalesce(f.groups, 0))::bigint as extra_rows,
  f.extra_amount::decimal(18,2) as extra_amount,
  f.last_at::timestamp as last_at
from duplicate_kinds k
left join found f on f.kind_no = k.kind_no
order by k.kind_no
