-- One row: the base below which a change is not turned into a percentage; none when the release does not say.
select value from setting where name = 'tiny_base'
