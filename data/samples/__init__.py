"""The maker of synthetic submissions: seeded, deterministic, marked as samples, with the truth beside them."""
