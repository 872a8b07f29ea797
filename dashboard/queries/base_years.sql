-- One row per pair of years that the release compares.
select distinct jurisdiction_id, year, base_year
from comparison
order by jurisdiction_id, year, base_year desc
