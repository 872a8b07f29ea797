-- Explicit zeros that are not zero (texts may say there is none).
select * from fact where state = 'explicit_zero' and value <> 0
