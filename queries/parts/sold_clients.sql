-- Clients who have bought and whom the filters leave, each with their value of the asked segment: that of their first journey.
-- Whose order names nobody, neither a customer nor a lead, cannot be seen to come back and is left out.
-- grain: client_no
-- uses: asked_journeys, asked_filters, $by, $where, $viewer_shown
select
  c.client_no as client_no,
  c.client_id as client_id,
  c.first_journey_id as journey_id,
  case
    when $by::varchar is null then 'all'
    -- with by
    else j.segment
    -- end
  end as segment
from clients c
-- with by or where
left join asked_journeys j on j.journey_id = c.first_journey_id
-- end
where
  c.bought_on is not null
  and substring(c.client_id, 1, 2) <> 'O:'
  -- with where
  and j.journey_id is not null
  -- end
