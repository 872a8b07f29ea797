-- Numbers that no count can be.
select * from fact where value < 0 or isnan(value) or isinf(value)
