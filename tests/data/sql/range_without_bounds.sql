-- Ranges with a point, without bounds, or with bounds the wrong way round; bounds without a range.
select * from fact where (qualifier = 'range' and (value is not null or low is null or high is null or low > high)) or (qualifier <> 'range' and coalesce(low, high) is not null)
