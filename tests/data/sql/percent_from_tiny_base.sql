-- Percentages from a base below the tiny base.
select * from comparison where pct is not null and base_value < (select value from setting where name = 'tiny_base')
