-- Anything that looks like a mobile phone.
select raw from fact where regexp_matches(concat_ws(' ', raw, text), '(^|[^0-9])1[3-9][0-9]{9}([^0-9]|$)') union all select found from finding where regexp_matches(found, '(^|[^0-9])1[3-9][0-9]{9}([^0-9]|$)')
