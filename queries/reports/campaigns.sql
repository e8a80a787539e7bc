-- What each campaign reached, brought and cost, how sure that is, and which is likeliest to pay if it ran again.
-- People are the journeys that began in the period, as far as they have come by as_of; the row without a campaign is everybody else, so that
-- the rows sum to all. Q0 and Q1 are sums of daily figures and may count a person twice: I1 and I2 have no interval. I3, I4 and
-- I6 are of the stores that record both steps, with Wilson's. Where Q0 or Q1 are missing they stay empty, with the reason, unless an
-- estimate is handed in for one campaign. goal is the ratio by which the campaign's objective and kind are judged. Money is what these
-- journeys brought so far, less what was taken back, with upsells; gain is what is left of it, by basis. To run again means with the
-- same money: orders for money are Poisson with rates that differ between campaigns by a gamma distribution, what a buyer leaves is shrunken
-- towards all (see campaign-profits), and only the part of a campaign's orders that has had its time is held against its cost.
-- Nothing here says that these people would not have come without the campaign.
-- grain: campaign
-- audience: owner, marketer
-- crowd: begun
-- uses: exits = campaign_exits, campaign_figures, campaign_people, campaign_prospects, campaign_gains, campaign_goals
-- finish: campaignProfits
-- param from date default first_day: first business day, inclusive, of leads, daily figures and costs
-- param to date default as_of: last business day of these
-- param as_of date default as_of: nothing later than this day is known
-- param by varchar (campaign) default campaign: whose rows these are
-- param campaign varchar optional: only the campaign of this number
-- param margin_rate double optional: share of revenue that is margin, 0 to 1, for orders and upsells without costs
-- param horizon bigint (7 .. 365) default 365: age of a lead in days at which nothing more is taken to come
-- param estimated_audience bigint (0 .. 10000000000) optional: with campaign, an estimate of Q0 where it is missing
-- param estimated_aware bigint (0 .. 10000000000) optional: with campaign, an estimate of Q1 where it is missing
-- rows leads: journey_rows view='cohort' step='2' everywhere='true' by='campaign' segment=campaign
-- formula i1: aware / audience
-- formula i2: leads / aware
-- formula roas: revenue / spend
-- formula cost_per_lead: spend / leads
-- formula budget_pace: spent / due
-- column campaign varchar: campaign_id; null without one
-- column name varchar: of the campaign
-- column channel varchar: of the campaign
-- column objective varchar: as exported
-- column kind varchar: brand or direct_response
-- column goal varchar: i1, i2, i3 or i4; null where neither objective nor kind says
-- column starts_on date: first day of the campaign
-- column ends_on date: last day, where the list says it
-- column audience bigint: Q0, people it was aimed at
-- column audience_note varchar: no_days (no daily figures in the period), not_recorded or estimated; null where it is recorded
-- column aware bigint: Q1, people it reached
-- column aware_note varchar: likewise
-- column hits bigint: clicks
-- column leads bigint not null: Q2, journeys begun
-- column visits bigint: Q3 of them; null where no store of theirs records visits
-- column orders bigint: Q4 of them; null where no store of theirs records orders
-- column friends bigint: Q6, of those the ones who brought a friend; null where no store of theirs records referrers
-- column i1 double: aware / audience
-- column i2 double: leads / aware
-- column i3 double: visits / i3_of
-- column i3_of bigint: leads of the stores that record visits
-- column i3_low double: lower end of its 95 % interval
-- column i3_high double: upper end
-- column i4 double: orders of stores that record both / i4_of
-- column i4_hits bigint: orders of the stores that record both
-- column i4_of bigint: visits of these; leads where nobody records visits
-- column i4_low double: lower end of its 95 % interval
-- column i4_high double: upper end
-- column i6 double: friends / i6_of
-- column i6_of bigint: orders of the stores that record referrers
-- column i6_low double: lower end of its 95 % interval
-- column i6_high double: upper end
-- column spend decimal(18,2): cost in the period; null where none is known
-- column cost_per_aware double: spend / aware
-- column cost_per_lead double: spend / leads
-- column cost_per_visit double: spend / visits
-- column cost_per_order double: spend / orders
-- column revenue decimal(18,2) not null: brought by as_of
-- column roas double: revenue / spend
-- column basis varchar not null: cost, margin_rate or revenue
-- column gain decimal(18,2) not null: margin, or revenue where basis says so
-- column profit decimal(18,2): gain less spend so far
-- column gain_per_order double: gain / orders
-- column gain_spread double: standard deviation of what a buyer left; null for fewer than two
-- column break_even_orders double: orders like these that earn the cost; null where they leave nothing
-- column open_leads bigint not null: leads that have neither ordered nor been given up
-- column coming double: orders still to be expected from them; null where too few leads have been seen
-- column ripe_share double: share of the orders of its leads that has had its time
-- column budget decimal(18,2): cost of the campaign in the list
-- column spent decimal(18,2): daily costs up to as_of
-- column due decimal(18,2): budget × days gone / days
-- column budget_pace double: spent / due
-- column again_profit decimal(18,2): profit to be expected if it ran again with the same cost
-- column again_low decimal(18,2): lower end of its 95 % credible interval
-- column again_high decimal(18,2): upper end
-- column again_chance double: probability that it would pay
-- column rank bigint: place by again_profit, from 1; null where nothing can be said
with stages as (
  select
    p.campaign as campaign,
    count(*)::bigint as leads,
    sum(p.has_3)::bigint as i3_of,
    sum(p.has_3 * p.is_active)::bigint as visits,
    sum(p.has_4)::bigint as order_leads,
    sum(p.has_4 * p.is_bought)::bigint as orders,
    sum(p.has_3 * p.has_4)::bigint as both_leads,
    sum(p.has_3 * p.has_4 * p.is_active)::bigint as both_visits,
    sum(p.has_3 * p.has_4 * p.is_bought)::bigint as both_orders,
    sum(p.has_4 * p.has_6)::bigint as friend_leads,
    sum(p.has_4 * p.has_6 * p.is_bought)::bigint as i6_of,
    sum(p.has_4 * p.has_6 * p.is_bought * p.is_friend)::bigint as friends
  from campaign_people p
  group by p.campaign
),
everyone as (
  select s.campaign as campaign from stages s
  union
  select f.campaign as campaign from campaign_figures f where f.is_running
),
single as (
  select
    shown_segment($viewer_shown::varchar[], case when $by::varchar = 'campaign' then e.campaign end) as campaign,
    e.campaign is not distinct from shown_segment($viewer_shown::varchar[], case when $by::varchar = 'campaign' then e.campaign end) as is_itself,
    f.name as name,
    f.channel as channel,
    f.objective as objective,
    f.kind as kind,
    f.starts_on as starts_on,
    f.ends_on as ends_on,
    coalesce(f.days, 0) as days,
    f.audience as audience,
    f.aware as aware,
    case when f.audience is not null then f.aware end as aware_of_both,
    case when f.aware is not null then f.audience end as audience_of_both,
    case when f.aware is not null then coalesce(s.leads, 0) end as aware_leads,
    f.hits as hits,
    f.spend as spend,
    f.budget as budget,
    f.spent as spent,
    case when f.length_days > 0 then money(safe_ratio(f.budget::double * f.gone_days, f.length_days)) end as due,
    case when f.length_days > 0 and f.budget is not null then f.spent end as paced,
    coalesce(s.leads, 0) as leads,
    case when s.i3_of > 0 then s.i3_of end as i3_of,
    case when s.i3_of > 0 then s.visits end as visits,
    case when s.order_leads > 0 then s.order_leads end as order_leads,
    case when s.order_leads > 0 then s.orders end as orders,
    case when s.both_leads > 0 then s.both_visits when s.order_leads > 0 and s.i3_of = 0 then s.order_leads end as i4_of,
    case when s.both_leads > 0 then s.both_orders when s.order_leads > 0 and s.i3_of = 0 then s.orders end as i4_hits,
    case when s.friend_leads > 0 then s.i6_of end as i6_of,
    case when s.friend_leads > 0 then s.friends end as friends,
    coalesce(r.open, 0) as open_leads,
    case when r.campaign is null and coalesce(s.leads, 0) = 0 then 0e0 else r.coming end as coming,
    case when coalesce(s.order_leads, 0) = 0 then 1e0 else r.ripe end * coalesce(s.leads, 0) as ripe_leads,
    coalesce(g.buyers, 0) as buyers,
    g.basis as basis,
    coalesce(g.revenue, 0)::decimal(18,2) as revenue,
    coalesce(g.gain, 0)::decimal(18,2) as gain,
    coalesce(g.square, 0e0) as square
  from everyone e
  left join campaign_figures f on f.campaign = e.campaign
  left join stages s on s.campaign is not distinct from e.campaign
  left join campaign_prospects r on r.campaign is not distinct from e.campaign
  left join campaign_gains g on g.campaign is not distinct from e.campaign
),
merged as (
  select
    s.campaign as campaign,
    max(case when s.is_itself then s.name end) as name,
    max(case when s.is_itself then s.channel end) as channel,
    max(case when s.is_itself then s.objective end) as objective,
    max(case when s.is_itself then s.kind end) as kind,
    min(case when s.is_itself then s.starts_on end) as starts_on,
    max(case when s.is_itself then s.ends_on end) as ends_on,
    sum(s.days)::bigint as days,
    sum(s.audience)::bigint as audience,
    sum(s.aware)::bigint as aware,
    sum(s.aware_of_both)::bigint as aware_of_both,
    sum(s.audience_of_both)::bigint as audience_of_both,
    sum(s.aware_leads)::bigint as aware_leads,
    sum(s.hits)::bigint as hits,
    sum(s.spend)::decimal(18,2) as spend,
    sum(s.budget)::decimal(18,2) as budget,
    sum(s.spent)::decimal(18,2) as spent,
    sum(s.due)::decimal(18,2) as due,
    sum(s.paced)::decimal(18,2) as paced,
    sum(s.leads)::bigint as leads,
    sum(s.i3_of)::bigint as i3_of,
    sum(s.visits)::bigint as visits,
    sum(s.orders)::bigint as orders,
    sum(s.i4_of)::bigint as i4_of,
    sum(s.i4_hits)::bigint as i4_hits,
    sum(s.i6_of)::bigint as i6_of,
    sum(s.friends)::bigint as friends,
    sum(s.open_leads)::bigint as open_leads,
    case when count(s.coming) = count(*) then steady_sum(s.coming) end as coming,
    case when count(s.ripe_leads) = count(*) and sum(s.leads) > 0 then safe_ratio(steady_sum(s.ripe_leads), sum(s.leads)) end as ripe_share,
    sum(s.buyers)::bigint as buyers,
    sum(s.revenue)::decimal(18,2) as revenue,
    sum(s.gain)::decimal(18,2) as gain,
    steady_sum(s.square) as square
  from single s
  group by s.campaign
),
estimated as (
  select
    m.*,
    case
      when m.audience is not null then null
      when $campaign::varchar is not null and $estimated_audience::bigint is not null then 'estimated'
      when m.days = 0 then 'no_days'
      else 'not_recorded'
    end as audience_note,
    case
      when m.aware is not null then null
      when $campaign::varchar is not null and $estimated_aware::bigint is not null then 'estimated'
      when m.days = 0 then 'no_days'
      else 'not_recorded'
    end as aware_note
  from merged m
  where ($campaign::varchar is null or m.campaign = $campaign::varchar) and (m.campaign is not null or $campaign::varchar is null)
),
known as (
  select
    e.*,
    case when e.audience_note = 'estimated' then $estimated_audience::bigint else e.audience end as people_0,
    case when e.aware_note = 'estimated' then $estimated_aware::bigint else e.aware end as people_1,
    case when e.audience_note is null and e.aware_note is null then e.audience_of_both when e.audience_note = 'estimated' then $estimated_audience::bigint else e.audience end as i1_of,
    case when e.audience_note is null and e.aware_note is null then e.aware_of_both when e.aware_note = 'estimated' then $estimated_aware::bigint else e.aware end as i1_hits,
    case when e.aware_note = 'estimated' then e.leads else e.aware_leads end as i2_hits
  from estimated e
),
based as (
  select coalesce(max(g.basis), 'cost') as basis from campaign_gains g
)
select
  k.campaign::varchar as campaign,
  k.name::varchar as name,
  k.channel::varchar as channel,
  k.objective::varchar as objective,
  k.kind::varchar as kind,
  o.goal::varchar as goal,
  k.starts_on::date as starts_on,
  k.ends_on::date as ends_on,
  k.people_0::bigint as audience,
  k.audience_note::varchar as audience_note,
  k.people_1::bigint as aware,
  k.aware_note::varchar as aware_note,
  k.hits::bigint as hits,
  k.leads::bigint as leads,
  k.visits::bigint as visits,
  k.orders::bigint as orders,
  k.friends::bigint as friends,
  safe_ratio(k.i1_hits, k.i1_of)::double as i1,
  safe_ratio(k.i2_hits, k.people_1)::double as i2,
  safe_ratio(k.visits, k.i3_of)::double as i3,
  k.i3_of::bigint as i3_of,
  wilson_low(k.visits, k.i3_of)::double as i3_low,
  wilson_high(k.visits, k.i3_of)::double as i3_high,
  safe_ratio(k.i4_hits, k.i4_of)::double as i4,
  k.i4_hits::bigint as i4_hits,
  k.i4_of::bigint as i4_of,
  wilson_low(k.i4_hits, k.i4_of)::double as i4_low,
  wilson_high(k.i4_hits, k.i4_of)::double as i4_high,
  safe_ratio(k.friends, k.i6_of)::double as i6,
  k.i6_of::bigint as i6_of,
  wilson_low(k.friends, k.i6_of)::double as i6_low,
  wilson_high(k.friends, k.i6_of)::double as i6_high,
  k.spend::decimal(18,2) as spend,
  safe_ratio(k.spend, k.people_1)::double as cost_per_aware,
  safe_ratio(k.spend, k.leads)::double as cost_per_lead,
  safe_ratio(k.spend, k.visits)::double as cost_per_visit,
  safe_ratio(k.spend, k.orders)::double as cost_per_order,
  k.revenue::decimal(18,2) as revenue,
  safe_ratio(k.revenue, k.spend)::double as roas,
  b.basis::varchar as basis,
  k.gain::decimal(18,2) as gain,
  (k.gain - k.spend)::decimal(18,2) as profit,
  safe_ratio(k.gain, k.buyers)::double as gain_per_order,
  (case
    when k.buyers > 1
      then sqrt(greatest(safe_ratio(k.square - safe_ratio(k.gain::double * k.gain::double, k.buyers), k.buyers - 1), 0e0))
  end)::double as gain_spread,
  (case when k.gain > 0 then safe_ratio(k.spend::double * k.buyers, k.gain) end)::double as break_even_orders,
  k.open_leads::bigint as open_leads,
  k.coming::double as coming,
  k.ripe_share::double as ripe_share,
  k.budget::decimal(18,2) as budget,
  k.spent::decimal(18,2) as spent,
  k.due::decimal(18,2) as due,
  safe_ratio(k.paced, k.due)::double as budget_pace,
  null::decimal(18,2) as again_profit,
  null::decimal(18,2) as again_low,
  null::decimal(18,2) as again_high,
  null::double as again_chance,
  null::bigint as rank
from known k
cross join based b
left join campaign_goals o on o.objective is not distinct from k.objective and o.kind is not distinct from k.kind
order by k.campaign nulls last
