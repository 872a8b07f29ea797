-- Flags that are no rule of the catalogue.
select distinct flag from fact, unnest(flags) as t(flag) anti join rule r on r.rule = flag
