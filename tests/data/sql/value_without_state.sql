-- Values under a state that says there is none.
select * from fact where value is not null and state not in ('reported', 'explicit_zero')
