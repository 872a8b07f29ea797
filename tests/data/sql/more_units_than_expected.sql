-- Totals that count more units than are expected.
select * from measure_total where n_units_reported > n_units_expected
