-- Which of the ratios a campaign with this objective and kind is judged by: inform moves awareness (I1); persuade moves attraction
-- (I2) where the campaign is for the brand or says nothing, contact (I3) where it asks for a direct response; remind moves
-- conversion (I4). Where the objective says none of these, brand is I1 and direct response I4.
-- grain: objective, kind
with words as (
  select w.word as word, w.aim as aim
  from (values
    ('inform', 'inform'), ('awareness', 'inform'), ('aware', 'inform'), ('reach', 'inform'), ('告知', 'inform'), ('知晓', 'inform'),
    ('知曉', 'inform'), ('曝光', 'inform'), ('persuade', 'persuade'), ('leads', 'persuade'), ('lead', 'persuade'), ('visits', 'persuade'),
    ('interest', 'persuade'), ('说服', 'persuade'), ('說服', 'persuade'), ('客资', 'persuade'), ('客資', 'persuade'), ('获客', 'persuade'),
    ('獲客', 'persuade'), ('进店', 'persuade'), ('進店', 'persuade'), ('remind', 'remind'), ('orders', 'remind'), ('sales', 'remind'),
    ('conversion', 'remind'), ('retention', 'remind'), ('提醒', 'remind'), ('成交', 'remind'), ('复购', 'remind'), ('複購', 'remind')
  ) w(word, aim)
),
said as (
  select distinct c.objective as objective, c.kind as kind from exports.campaigns c
)
select
  s.objective as objective,
  s.kind as kind,
  case
    when w.aim = 'inform' then 'i1'
    when w.aim = 'persuade' and s.kind = 'direct_response' then 'i3'
    when w.aim = 'persuade' then 'i2'
    when w.aim = 'remind' then 'i4'
    when s.kind = 'brand' then 'i1'
    when s.kind = 'direct_response' then 'i4'
  end as goal
from said s
left join words w on w.word = lower(trim(s.objective))
