-- Daily campaign figures that the filters leave, each with its value of the asked segment.
-- Campaigns know channels and themselves, no stores or people: any other segment or filter leaves no row.
-- built: view
-- grain: campaign, day
-- uses: $by, $where, $viewer_shown, asked_filters
select
  -- with viewer_shown
  shown_segment($viewer_shown::varchar[],
  -- end
  case
    when $by::varchar is null then 'all'
    -- with by
    when $by::varchar = 'channel' then c.channel
    when $by::varchar = 'campaign' then d.campaign_id
    -- end
  end
  -- with viewer_shown
  )
  -- end
  as segment,
  d.campaign_id as campaign,
  d.date as day,
  d.audience as audience,
  d.aware as aware
from exports.campaign_days d
-- with by or where
left join exports.campaigns c on c.campaign_id = d.campaign_id
-- end
where
  d.date <= d.imported_on
  -- with by
  and coalesce($by::varchar, 'channel') in ('channel', 'campaign')
  -- end
  -- with where
  and (is_in($where::varchar[], 'channel=' || coalesce(c.channel, '')))::int
    + (is_in($where::varchar[], 'campaign=' || d.campaign_id))::int
    = (select count(*) from asked_filters f)
  -- end
