"""Where things stand in a sheet of a collected table: units, heads, totals, other tables, lines between."""
