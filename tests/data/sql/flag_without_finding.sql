-- Flags of a current value that no finding speaks about.
select f.submission_id, f.indicator_id, flag from current_fact f, unnest(f.flags) as t(flag) where not exists (select 1 from finding n where n.submission_id = f.submission_id and n.indicator_id = f.indicator_id and n.rule = flag)
