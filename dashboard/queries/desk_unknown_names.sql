-- One row per name in the submission that no unit answers to.
select distinct found, place, coalesce(proposal, '') as proposal
from finding
where submission_id = $submission_id and rule in ('unit_unresolved', 'unit_ambiguous', 'unit_not_valid') and found <> ''
order by place
