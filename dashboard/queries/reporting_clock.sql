-- One row: the moment up to which a campaign's states are told, the latest a reader may ask for, and how due dates are read.
select
    coalesce(c.as_of, i.built_at) as as_of,
    coalesce(c.known_until, i.built_at) as loaded_at,
    coalesce((select value <> 0 from setting where name = 'before_is_inclusive'), true) as is_inclusive,
    coalesce((select value <> 0 from setting where name = 'due_moves_to_workday'), false) as is_moved
from release_info as i
left join reporting_clock as c on c.campaign_id = $campaign_id
