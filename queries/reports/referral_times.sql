-- How long it takes a buyer to bring the first buyer: which share had by each number of days after the first order.
-- Kaplan and Meier's estimate; buyers who have brought nobody yet are open at as_of. Friends who ordered before the buyer did, count
-- for nothing here.
-- grain: segment, age
-- audience: owner, manager stores, marketer
-- uses: exits = referral_exits, survival_rows
-- param as_of date default as_of: nothing later than this day is counted
-- param conf_type varchar (log_log | log | plain) default log_log: of what the interval is taken: the logarithm of minus the logarithm of the share, its logarithm, or the share itself
-- column segment varchar: all
-- column age bigint not null: days since the first order
-- column at_risk bigint not null: open just before that age, and seen at it
-- column events bigint not null: brought somebody at this age
-- column losses bigint not null: were lost at this age
-- column censored bigint not null: were open when last seen, at this age
-- column incidence double not null: share brought somebody by this age, of all
-- column incidence_low double: lower end of its 95 % interval
-- column incidence_high double: upper end of its 95 % interval
-- column survivor double not null: 1 - incidence
-- column standard_error double: of either (Greenwood); null where nobody is left
-- column survivor_low double: lower end of its 95 % interval
-- column survivor_high double: upper end of its 95 % interval
-- column loss_incidence double not null: share lost by this age, of all
-- column open_share double not null: share neither brought somebody nor lost by this age
select c.*
from survival_rows c
order by c.segment nulls last, c.age
