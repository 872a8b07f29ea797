-- Findings about a unit that is not there.
select f.* from finding f anti join unit u using (unit_id) where f.unit_id is not null
