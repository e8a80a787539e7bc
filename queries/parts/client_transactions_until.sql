-- Each client's days with orders up to a day, and what was signed on them.
-- Orders of one client on one day are one transaction. Every order that was signed counts, also one that was cancelled later:
-- the client came and bought. Whose order names nobody, neither a customer nor a lead, cannot be seen to come back and is left out.
-- grain: client_no, bought_on
-- uses: $until
select a.client_no as client_no, a.happened_on as bought_on, sum(a.amount)::decimal(18,2) as amount
from client_acts a
where a.kind = 'order' and a.happened_on <= $until::date and substring(a.client_id, 1, 2) <> 'O:'
group by a.client_no, a.happened_on
