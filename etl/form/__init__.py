"""A Word form (Document) -> submissions: recognised, split into activities, aligned with the printed text."""
