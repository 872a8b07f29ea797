-- Reports of units whose kinds of blanks do not add up.
select * from unit_report where n_blanks <> n_reported + n_not_applicable + n_not_filled + n_withheld or (state = 'reported') <> (n_blanks > 0)
