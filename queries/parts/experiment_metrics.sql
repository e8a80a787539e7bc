-- What the units of an experiment are compared by, in the order in which it is shown; what each of them counts: see experiment_measures.
-- grain: metric
select v.metric_no::bigint as metric_no, v.metric as metric
from (values (1, 'active'), (2, 'bought'), (3, 'closing'), (4, 'signed'), (5, 'net'), (6, 'upsold'), (7, 'lost'), (8, 'cancelled')) v(metric_no, metric)
