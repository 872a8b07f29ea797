-- Findings about how a blank was typed are settled where a decision set its value. Runs before the checks of values.
update finding set state = 'corrected'
from fact
where fact.decision_id is not null
    and finding.submission_id = fact.submission_id
    and finding.indicator_id = fact.indicator_id
    and finding.unit_id is not distinct from fact.unit_id
    and finding.rule not in ('corrected', 'confirmed');
