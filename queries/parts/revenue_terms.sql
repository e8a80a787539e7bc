-- What revenue and its change are taken apart into, in the order in which it is shown.
-- grain: term
select t.term_no::bigint as term_no, t.term as term
from (
  values
    (1, 'left_out'), (2, 'reach'), (3, 'leads_per_aware'), (4, 'volume'), (5, 'mix'), (6, 'visit_rate'), (7, 'closing_rate'),
    (8, 'booking_rate'), (9, 'ticket'), (10, 'carried_over'), (11, 'repeat_orders'), (12, 'upsell_sale'), (13, 'upsell_shoot'),
    (14, 'upsell_viewing'), (15, 'upsell_pickup'), (16, 'upsell_other'), (17, 'taken_back')
) t(term_no, term)
