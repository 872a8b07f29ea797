-- Refused or missing comparisons that carry a number.
select * from comparison where unit_id is not null and grade in ('refuse', 'missing') and value is not null
