-- The kinds of row that duplicates looks for, each with its list.
-- built: view
-- grain: kind_no
select k.kind_no::bigint as kind_no, k.kind as kind, k.table_name as table_name
from (
  values
    (1, 'same_phone_lead', 'leads'), (2, 'same_wechat_lead', 'leads'), (3, 'same_phone_customer', 'customers'),
    (4, 'same_wechat_customer', 'customers'), (5, 'same_visit', 'visits'), (6, 'same_order', 'orders'), (7, 'same_upsell', 'upsells'),
    (8, 'same_payment', 'payments'), (9, 'same_appointment', 'appointments'), (10, 'same_followup', 'followups'),
    (11, 'same_reward', 'referral_rewards'), (12, 'same_staff', 'same_staff')
) k(kind_no, kind, table_name)
