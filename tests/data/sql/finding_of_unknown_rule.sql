-- Findings of a rule that is not in the catalogue.
select f.* from finding f anti join rule r using (rule)
