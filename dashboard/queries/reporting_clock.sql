-- One row: the moment up to which the release's inputs speak, and how due dates are read.
select
    c.as_of,
    coalesce((select value <> 0 from setting where name = 'before_is_inclusive'), true) as is_inclusive,
    coalesce((select value <> 0 from setting where name = 'due_moves_to_workday'), false) as is_moved
from reporting_clock as c
