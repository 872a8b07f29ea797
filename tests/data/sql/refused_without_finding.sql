-- Refused submissions that no error or warning speaks about.
select s.* from submission s where s.status = 'refused' and not exists (select 1 from finding n where n.submission_id = s.submission_id and n.level in ('error', 'warning'))
